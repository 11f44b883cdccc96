import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import type { NewMessage } from '../../../../src/delivery/outbox.js';
import { OnDemandCheck } from '../../../../src/tokens/kinds/on-demand/on-demand-check.js';
import {
  OnDemandPasscodes,
  type PasscodeOrder,
  type PasscodeWish,
} from '../../../../src/tokens/kinds/on-demand/on-demand-passcodes.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { eachDatabase } from '../../../support/test-database.js';
import { RIVALS, tally, type TokenWorld, tokenWorld, word } from '../../../support/token-world.js';

const HOLDER = 'request 1';

describe('passcodes that are sent', () => {
  eachDatabase((database) => {
    let world: TokenWorld;
    let passcodes: OnDemandPasscodes;

    beforeEach(async () => {
      world = await tokenWorld(database());
      passcodes = world.services.get(OnDemandPasscodes);
    });
    afterEach(() => world.close());

    const send = (order: Partial<PasscodeOrder> = {}) =>
      passcodes.send({ ...world.jane, requestId: undefined, boundTo: HOLDER, use: 'logon', ...order });
    const sendWord = (order: Partial<PasscodeOrder> = {}) =>
      send(order).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    const check = (typed: string, { boundTo = HOLDER, holder = world.jane, challengeId = '' } = {}) =>
      world.services
        .get(OnDemandCheck)
        .verify({ ...holder, boundTo, typed: plainSecret(typed), ...(challengeId !== '' && { challengeId }) });
    const verify = async (...attempt: Parameters<typeof check>) => word(await check(...attempt));
    const routes = async (wish: Partial<PasscodeWish> = {}) =>
      (await passcodes.routes({ found: world.jane.found, use: 'logon', ...wish })).map(({ channel }) => channel);

    /** The messages with a passcode, in the order in which they were sent. */
    async function messages(): Promise<NewMessage[]> {
      const sent = await world.services.outbox.messages();
      return sent
        .filter(({ purpose }) => purpose === 'one-time-passcode')
        .toSorted((a, b) => String(a.variables['EXPIRES']).localeCompare(String(b.variables['EXPIRES'])));
    }

    /** The passcode sent last. */
    const received = async () => (await messages()).at(-1)?.variables['PASSCODE'] ?? '';
    const wait = (seconds: number) => world.services.clock.advance(seconds);

    it('are six digits to the mobile number in the directory, right once, within five minutes', async () => {
      const sent = await send();
      expect(sent).toMatchObject({ channel: 'SMS', expires: world.services.clock.in(300), resendSeconds: 30 });
      const { person } = world.jane.found;
      expect(sent.recipient).not.toBe(person.mobile);
      const [message] = await messages();
      expect(message).toMatchObject({ channel: 'SMS', to: person.mobile, accountId: world.jane.found.account.id });
      const code = await received();
      expect(code).toMatch(/^\d{6}$/);
      wait(299);
      expect(await check(code)).toMatchObject({ ok: true, proof: { authenticator: 'OTPoD' } });
      expect(await verify(code)).toBe('passcode-replayed');
    });

    it('attack 38: are too old after five minutes', async () => {
      await send();
      wait(300);
      expect(await verify(await received())).toBe('passcode-expired');
    });

    it('attack 14: go to the address that the directory has at the moment of sending', async () => {
      await world.services.database.query(`UPDATE builtin_people SET mobile = '+35226999999' WHERE login_key = 'jane'`);
      await send();
      expect((await messages()).map(({ to }) => to)).toEqual(['+35226999999']);
    });

    it('void the one before, and are not sent again for 30 seconds', async () => {
      await send();
      const first = await received();
      wait(29);
      await expect(send()).rejects.toMatchObject({ code: 'passcode-sent-recently', params: { retryAfter: 1 } });
      wait(1);
      await send({ boundTo: 'request 2' });
      const second = await received();
      expect(await verify(first)).toBe('challenge-not-valid');
      expect(await verify(second, { boundTo: 'request 2' })).toBe('ok');
    });

    it('attack 67: are five in any quarter of an hour', async () => {
      for (let sent = 0; sent < 5; sent++) {
        expect(await sendWord()).toBe('ok');
        wait(60);
      }
      await expect(send()).rejects.toMatchObject({ code: 'passcode-sent-recently', params: { retryAfter: 600 } });
      wait(599);
      expect(await sendWord()).toBe('passcode-sent-recently');
      wait(1);
      expect(await sendWord()).toBe('ok');
      wait(30);
      expect(await sendWord()).toBe('passcode-sent-recently');
      expect(await messages()).toHaveLength(6);
    });

    it('attack 67: are sent once for fifty who ask at the same moment', async () => {
      const outcomes = await Promise.all(RIVALS.map((i) => sendWord({ boundTo: `request ${i}` })));
      expect(tally(outcomes)).toEqual({ ok: 1, 'passcode-sent-recently': RIVALS.length - 1 });
      expect(await messages()).toHaveLength(1);
    });

    it('attack 23: are right for one of fifty at once', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await send();
      const code = await received();
      await world.services.database.query('UPDATE token_challenges SET attempt_limit = 100');
      const outcomes = await Promise.all(RIVALS.map(() => verify(code)));
      expect(tally(outcomes)['ok']).toBe(1);
      expect(await world.services.audit('authenticator.verified')).toHaveLength(1);
    });

    it('attack 26: are not looked at after five attempts, which 200 at once do not exceed', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await send();
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => verify('12345')));
      expect(tally(outcomes)).toEqual({ 'passcode-wrong': 5, 'challenge-not-valid': 195 });
      expect(await verify(await received())).toBe('challenge-not-valid');
    });

    it('attack 27: a new one buys no more guesses, and none is sent while it would not be looked at', async () => {
      for (let guess = 0; guess < 2; guess++) {
        await send();
        await verify('12345');
        await verify('12345');
        wait(30);
      }
      await send();
      expect(await verify('12345')).toBe('passcode-wrong');
      expect(await verify(await received())).toBe('authenticator-locked');
      wait(30);
      expect(await sendWord()).toBe('authenticator-locked');
      wait(30 * 60);
      expect(await sendWord()).toBe('ok');
      expect(await verify(await received())).toBe('ok');
    });

    it('forgive the failures before when they are right', async () => {
      for (let round = 0; round < 2; round++) {
        await send();
        for (let failure = 0; failure < 4; failure++) await verify('12345');
        expect(await verify(await received())).toBe('ok');
        wait(30);
      }
    });

    it('attack 8: are typed by whom they were sent for only', async () => {
      const { challengeId } = await send();
      const code = await received();
      expect(await verify(code, { boundTo: 'request 2' })).toBe('challenge-not-valid');
      expect(await verify(code, { holder: world.john })).toBe('challenge-not-valid');
      expect(await verify(code, { challengeId: '00000000-0000-4000-8000-000000000000' })).toBe('challenge-not-valid');
      expect(await verify(code, { challengeId })).toBe('ok');
    });

    describe('by channels', () => {
      it('that are allowed for what they are for', async () => {
        expect(await routes()).toEqual(['SMS', 'MAIL']);
        expect(await routes({ use: 'second-factor' })).toEqual(['SMS']);
        expect(await sendWord({ use: 'second-factor', channel: 'MAIL' })).toBe('channel-not-allowed');
        expect(await sendWord({ channel: 'MAIL' })).toBe('ok');
        expect((await messages()).map(({ channel }) => channel)).toEqual(['MAIL']);
      });

      it('that did not carry the link', async () => {
        expect(await routes({ use: 'second-factor', except: ['SMS'] })).toEqual([]);
        expect(await sendWord({ use: 'second-factor', except: ['SMS'] })).toBe('channel-not-allowed');
      });

      it('on which the person has an address', async () => {
        await world.services.database.query(`UPDATE builtin_people SET mobile = NULL WHERE login_key = 'jane'`);
        expect(await routes()).toEqual(['MAIL']);
        expect(await sendWord({ channel: 'SMS' })).toBe('no-address');
        expect(await routes({ use: 'second-factor' })).toEqual([]);
        expect(await sendWord({ use: 'second-factor' })).toBe('no-address');
        expect(await sendWord()).toBe('ok');
      });

      it('of which there may be none', async () => {
        await world.services.set('passcode_channels', []);
        expect(await routes()).toEqual([]);
        expect(await sendWord()).toBe('channel-not-allowed');
      });
    });

    it('are void when they could not be delivered', async () => {
      world.services.outbox.outcomes.SMS = 'failed';
      expect(await sendWord()).toBe('delivery-failed');
      expect(await verify(await received())).toBe('challenge-not-valid');
      expect(await world.services.audit('passcode.not-delivered')).toHaveLength(1);
    });

    it('are there together with their message, or not at all', async () => {
      world.services.outbox.beforeEnqueue = () => {
        throw new Error('out of paper');
      };
      await expect(send()).rejects.toThrow('out of paper');
      world.services.outbox.beforeEnqueue = () => undefined;
      expect(await sendWord()).toBe('ok');
    });

    it('are not sent to who is switched off or gone', async () => {
      await world.services.database.query(`UPDATE builtin_people SET disabled = true WHERE login_key = 'jane'`);
      expect(await sendWord()).toBe('account-disabled');
      await world.services.database.query(`DELETE FROM builtin_people WHERE login_key = 'jane'`);
      expect(await sendWord()).toBe('account-not-found');
    });

    it('follow the settings of the domain', async () => {
      await world.services.set('passcode_digits', 8, world.domain);
      await world.services.set('passcode_seconds', 600, world.domain);
      await world.services.set('passcode_resend_seconds', 120, world.domain);
      await send();
      expect(await received()).toMatch(/^\d{8}$/);
      wait(119);
      expect(await sendWord()).toBe('passcode-sent-recently');
      wait(480);
      expect(await verify(await received())).toBe('ok');
    });

    describe('for a token of the person', () => {
      it('are its use', async () => {
        const held = await world.tokens.give(world.jane.found.account, { kind: 'T-Pass' });
        await send({ tokenId: held.token.id });
        expect(await verify(await received())).toBe('ok');
        expect((await world.tokens.stored(held)).assignment).toMatchObject({ usageCount: 1 });
      });

      it('attack 23: are right for one of fifty at once', async () => {
        await world.services.set('authenticator_max_failures', 100);
        const held = await world.tokens.give(world.jane.found.account, { kind: 'T-Pass' });
        await send({ tokenId: held.token.id });
        await world.services.database.query('UPDATE token_challenges SET attempt_limit = 100');
        const code = await received();
        const outcomes = await Promise.all(RIVALS.map(() => verify(code)));
        expect(tally(outcomes)['ok']).toBe(1);
      });

      it('attack 41: are not looked at when it is disabled', async () => {
        const held = await world.tokens.give(world.jane.found.account, { kind: 'T-Pass' });
        await send({ tokenId: held.token.id });
        await world.services.get(TokenStore).setStatus(world.services.database.manager, held.token.id, 'DISABLED');
        expect(await verify(await received())).toBe('no-usable-token');
      });
    });

    it('attack 42: are nowhere but in their message', async () => {
      await send();
      const code = await received();
      await verify(code === '123456' ? '654321' : '123456');
      await verify(code);
      expect(await world.everythingStored()).not.toContain(code);
      const sent = await world.services.audit('passcode.sent');
      expect(sent).toMatchObject([{ outcome: 'success', detail: { channel: 'SMS' } }]);
      expect(JSON.stringify(sent)).not.toContain(world.jane.found.person.mobile);
    });

    it('attack 44: are of no odd form', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await send();
      await world.services.database.query('UPDATE token_challenges SET attempt_limit = 100');
      const code = await received();
      for (const odd of ['', '1'.repeat(9), '1'.repeat(1_000), '١٢٣٤٥٦', ` ${code}`, `${code}\n`, '\0\0\0\0\0\0']) {
        expect(await verify(odd)).toBe('passcode-wrong');
      }
      expect(await verify(code)).toBe('ok');
    });
  });
});
