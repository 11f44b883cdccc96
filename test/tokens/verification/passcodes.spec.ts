import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Account } from '../../../src/core/directory/account.entity.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import type { Authenticator } from '../../../src/tokens/token-kinds.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { TokenStore } from '../../../src/tokens/token-store.js';
import { Passcodes, type PasscodeVerdict } from '../../../src/tokens/verification/passcodes.js';
import { eachPool } from '../../support/each-pool.js';
import { type Services, startServices } from '../../support/services.js';
import { TokenFactory } from '../../support/token-factory.js';

const WRONG = '000000';
const RIVALS = Array.from({ length: 50 }, (_, i) => i);

describe('passcodes', () => {
  eachPool((database) => {
    let services: Services;
    let tokens: TokenFactory;
    let store: TokenStore;
    let domain: Domain;
    let jane: Account;

    beforeEach(async () => {
      services = await startServices(database());
      tokens = new TokenFactory(services);
      store = services.get(TokenStore);
      domain = await services.domain({ name: 'ACME' });
      jane = await services.factory.account(await services.factory.person(domain, { login: 'jane' }));
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    async function verify(
      typed: string,
      {
        account = jane,
        authenticator = 'OTP',
        tokenId,
      }: { account?: Account; authenticator?: Authenticator; tokenId?: string } = {},
    ): Promise<PasscodeVerdict> {
      const rules = tokenRules(await services.get(Configuration).snapshot(), domain.id);
      return services.get(Passcodes).verify({
        accountId: account.id,
        authenticator,
        typed: plainSecret(typed),
        rules,
        context: { actor: 'person', domain: domain.name, target: account.login },
        ...(tokenId !== undefined && { tokenId }),
      });
    }

    const outcome = async (...attempt: Parameters<typeof verify>): Promise<string> => {
      const verdict = await verify(...attempt);
      return verdict.ok ? 'ok' : verdict.code;
    };

    describe('a time-based token', () => {
      it('is right once, and the time of its use is kept', async () => {
        const held = await tokens.totp(jane);
        expect(await outcome(tokens.code())).toBe('ok');
        const { token, assignment } = await tokens.stored(held);
        expect(token).toMatchObject({ lastUsedAt: services.clock.now(), drift: 0 });
        expect(assignment).toMatchObject({ usageCount: 1, lastUsedAt: services.clock.now() });
      });

      it('attack 21: a code is not taken a second time', async () => {
        await tokens.totp(jane);
        expect(await outcome(tokens.code())).toBe('ok');
        expect(await outcome(tokens.code())).toBe('passcode-replayed');
      });

      it('attack 22: after step n, n and older steps fail, and n + 1 is right', async () => {
        await tokens.totp(jane);
        expect(await outcome(tokens.code())).toBe('ok');
        expect(await outcome(tokens.code(-1))).toBe('passcode-replayed');
        expect(await outcome(tokens.code(-2))).toBe('passcode-replayed');
        expect(await outcome(tokens.code(1))).toBe('ok');
      });

      it('attack 23: of fifty identical codes at once one is right', async () => {
        await services.set('authenticator_max_failures', 100);
        await tokens.totp(jane);
        const code = tokens.code();
        const outcomes = await Promise.all(RIVALS.map(() => outcome(code)));
        expect(outcomes.filter((word) => word === 'ok')).toHaveLength(1);
        expect(outcomes.filter((word) => word === 'passcode-replayed')).toHaveLength(RIVALS.length - 1);
        expect(await services.audit('authenticator.verified')).toHaveLength(1);
      });

      it('follows a clock that drifts, in whole steps', async () => {
        const held = await tokens.totp(jane);
        expect(await outcome(tokens.code(2))).toBe('ok');
        services.clock.advance(300);
        expect(await outcome(tokens.code(4))).toBe('ok');
        expect((await tokens.stored(held)).token.drift).toBe(4);
      });

      it('asks for the next code when the clock is far off, counts no failure, and takes it then', async () => {
        await services.set('authenticator_max_failures', 1);
        const held = await tokens.totp(jane);
        expect(await outcome(tokens.code(20))).toBe('token-out-of-sync');
        expect(await outcome(tokens.code(21))).toBe('ok');
        expect((await tokens.stored(held)).token).toMatchObject({ drift: 21, candidateCounter: null });
      });

      it('forgets where it was seen after another code, and after ten minutes', async () => {
        await tokens.totp(jane);
        expect(await outcome(tokens.code(20))).toBe('token-out-of-sync');
        expect(await outcome(WRONG)).toBe('passcode-wrong');
        expect(await outcome(tokens.code(21))).toBe('token-out-of-sync');
        services.clock.advance(601);
        expect(await outcome(tokens.code(22 - 20))).toBe('ok');
      });

      it.each([
        '',
        '1',
        '123456789',
        '1'.repeat(1_000),
        '١٢٣٤٥٦',
        '12 456',
        ' 123456',
        '-12345',
        '1e5000',
        '\0\0\0\0\0\0',
      ])('attack 44: %j is a wrong code', async (typed) => {
        await tokens.totp(jane);
        expect(await outcome(typed)).toBe('passcode-wrong');
      });
    });

    describe('an event-based token', () => {
      it('takes the next codes and never an older one', async () => {
        await tokens.hotp(jane);
        expect(await outcome(tokens.codeAt(0))).toBe('ok');
        expect(await outcome(tokens.codeAt(3))).toBe('ok');
        expect(await outcome(tokens.codeAt(2))).toBe('passcode-replayed');
        expect(await outcome(tokens.codeAt(3))).toBe('passcode-replayed');
      });

      it('attack 23: of fifty identical codes at once one is right', async () => {
        await services.set('authenticator_max_failures', 100);
        await tokens.hotp(jane);
        const outcomes = await Promise.all(RIVALS.map(() => outcome(tokens.codeAt(0))));
        expect(outcomes.filter((word) => word === 'ok')).toHaveLength(1);
      });
    });

    describe('section 6.1: without a token that is named', () => {
      it('takes the one with the highest priority of those that fit', async () => {
        for (const priority of [1, 7, 3]) {
          await tokens.totp(jane, { serial: `priority-${priority}` }, { priority });
        }
        const serials: string[] = [];
        for (let use = 0; use < 3; use++) {
          const verdict = await verify(tokens.code());
          serials.push(verdict.ok ? verdict.token.serial : verdict.code);
        }
        expect(serials).toEqual(['priority-7', 'priority-3', 'priority-1']);
      });

      it('tries ten at most, the most wanted ones', async () => {
        for (let index = 0; index < 10; index++) await tokens.hotp(jane, {}, { priority: 1 });
        const least = await tokens.totp(jane, {}, { priority: 0 });
        expect(await outcome(tokens.code())).toBe('passcode-wrong');
        expect(await outcome(tokens.code(), { tokenId: least.token.id })).toBe('ok');
      });

      it('takes the steps of 60 seconds of a token that has such', async () => {
        await tokens.totp(jane, { state: { hash: 'SHA1', digits: 6, period: 60 } });
        const code = tokens.codeAt(Math.floor(services.clock.now().getTime() / 60_000));
        expect(await outcome(code)).toBe('ok');
        services.clock.advance(30);
        expect(await outcome(code)).toBe('passcode-replayed');
      });
    });

    describe('failures', () => {
      it('lock after five in a row, for half an hour', async () => {
        await tokens.totp(jane);
        for (let failure = 0; failure < 5; failure++) expect(await outcome(WRONG)).toBe('passcode-wrong');
        expect(await outcome(tokens.code())).toBe('authenticator-locked');
        services.clock.advance(30 * 60 - 1);
        expect(await outcome(tokens.code())).toBe('authenticator-locked');
        services.clock.advance(1);
        expect(await outcome(tokens.code())).toBe('ok');
      });

      it('are not prolonged by attempts at a locked authenticator', async () => {
        await tokens.totp(jane);
        for (let failure = 0; failure < 5; failure++) await outcome(WRONG);
        services.clock.advance(29 * 60);
        await outcome(WRONG);
        services.clock.advance(60);
        expect(await outcome(tokens.code())).toBe('ok');
      });

      it('stay until an administrator unlocks where the lock has no end', async () => {
        await services.set('authenticator_lock_minutes', 0);
        await tokens.totp(jane);
        for (let failure = 0; failure < 5; failure++) await outcome(WRONG);
        services.clock.advance(10 * 365 * 86_400);
        expect(await outcome(tokens.code())).toBe('authenticator-locked');
      });

      it('are forgotten with a right code', async () => {
        await tokens.totp(jane);
        for (let failure = 0; failure < 4; failure++) await outcome(WRONG);
        expect(await outcome(tokens.code())).toBe('ok');
        for (let failure = 0; failure < 4; failure++) await outcome(WRONG);
        expect(await outcome(tokens.code(1))).toBe('ok');
      });

      it('count once, however many tokens were tried', async () => {
        await tokens.totp(jane);
        await tokens.totp(jane);
        await tokens.hotp(jane);
        for (let failure = 0; failure < 5; failure++) expect(await outcome(WRONG)).toBe('passcode-wrong');
        expect(await outcome(WRONG)).toBe('authenticator-locked');
      });

      it('are those of used codes too', async () => {
        await tokens.totp(jane);
        const used = tokens.code();
        expect(await outcome(used)).toBe('ok');
        for (let failure = 0; failure < 5; failure++) expect(await outcome(used)).toBe('passcode-replayed');
        expect(await outcome(tokens.code(1))).toBe('authenticator-locked');
      });

      it('attack 26: of 200 wrong codes at once at most five are looked at', async () => {
        await tokens.totp(jane);
        const outcomes = await Promise.all(Array.from({ length: 200 }, () => outcome(WRONG)));
        expect(outcomes.filter((word) => word === 'passcode-wrong')).toHaveLength(5);
        expect(outcomes.filter((word) => word === 'authenticator-locked')).toHaveLength(195);
      });

      it('attack 29: 99 leave it open and 100 lock it', async () => {
        await services.set('authenticator_max_failures', 100);
        await tokens.totp(jane);
        for (let failure = 0; failure < 99; failure++) await outcome(WRONG);
        expect(await outcome(WRONG)).toBe('passcode-wrong');
        expect(await outcome(tokens.code())).toBe('authenticator-locked');
      });

      it('of one person do not touch another', async () => {
        const john = await services.factory.account(await services.factory.person(domain, { login: 'john' }));
        await tokens.totp(jane);
        await tokens.totp(john);
        for (let failure = 0; failure < 5; failure++) await outcome(WRONG);
        expect(await outcome(tokens.code(), { account: john })).toBe('ok');
      });
    });

    describe('attack 41: a token that may not be used', () => {
      it('is not looked at when it is disabled, and nothing is counted', async () => {
        const held = await tokens.totp(jane);
        await store.setStatus(services.database.manager, held.token.id, 'DISABLED');
        for (let attempt = 0; attempt < 6; attempt++) expect(await outcome(tokens.code())).toBe('no-usable-token');
      });

      it.each(['INACTIVE', 'LOCKED', 'DISABLED'] as const)(
        'is not looked at when its assignment is %s',
        async (status) => {
          await tokens.totp(jane, {}, { status });
          expect(await outcome(tokens.code())).toBe('no-usable-token');
        },
      );

      it('is not looked at before it starts and after it has expired', async () => {
        const { clock } = services;
        await tokens.totp(jane, {}, { starts: clock.in(60) });
        await tokens.totp(jane, {}, { expires: clock.now() });
        expect(await outcome(tokens.code())).toBe('no-usable-token');
        clock.advance(60);
        expect(await outcome(tokens.code())).toBe('ok');
      });

      it('is not looked at when it has ended, or is somebody else’s', async () => {
        const john = await services.factory.account(await services.factory.person(domain, { login: 'john' }));
        const held = await tokens.totp(jane);
        expect(await outcome(tokens.code(), { account: john, tokenId: held.token.id })).toBe('no-usable-token');
        await store.end(services.database.manager, held.assignment.id, 'removed');
        expect(await outcome(tokens.code())).toBe('no-usable-token');
      });

      it('is spent after its last use, by fifty at once too', async () => {
        await services.set('authenticator_max_failures', 100);
        await tokens.hotp(jane, {}, { usageLimit: 2 });
        const outcomes = await Promise.all(RIVALS.map((rival) => outcome(tokens.codeAt(rival % 4))));
        expect(outcomes.filter((word) => word === 'ok').length).toBeLessThanOrEqual(2);
        for (let counter = 0; counter < 5; counter++) outcomes.push(await outcome(tokens.codeAt(counter)));
        expect(outcomes.filter((word) => word === 'ok')).toHaveLength(2);
        expect(await outcome(tokens.codeAt(6))).toBe('no-usable-token');
      });
    });

    it('leave no passcode in the audit', async () => {
      await tokens.totp(jane);
      const code = tokens.code();
      await outcome(code);
      await outcome('918273');
      const audit = JSON.stringify(await services.audit());
      expect(audit).not.toContain(code);
      expect(audit).not.toContain('918273');
      expect(audit).toContain('authenticator.refused');
    });
  });
});
