import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { type TokenRules, tokenRules } from '../../../src/tokens/token-rules.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { TokenlessAttempts } from '../../../src/tokens/verification/tokenless-attempts.js';
import { eachPool } from '../../support/each-pool.js';
import { tally, type TokenWorld, tokenWorld, word } from '../../support/token-world.js';

const WRONG = '000000';

describe('a growing delay after failures', () => {
  eachPool((database) => {
    let world: TokenWorld;
    beforeEach(async () => {
      world = await tokenWorld(database());
      await world.tokens.totp(world.jane.found.account);
    });
    afterEach(() => world.close());

    async function rules(): Promise<TokenRules> {
      const configured = tokenRules(await world.services.get(Configuration).snapshot(), world.domain.id);
      return { ...configured, maxFailures: 20, growingDelay: true };
    }

    /** `ok`, why not, or the seconds to wait. */
    const answer = async (attempt: Promise<string>): Promise<string | number> =>
      attempt.catch((error: unknown) => {
        if (!DomainError.is(error, 'too-many-attempts')) throw error;
        return Number(error.params.retryAfter);
      });

    const verify = async (code: string): Promise<string | number> => {
      const { found, context } = world.jane;
      const attempt = { accountId: found.account.id, authenticator: 'OTP', rules: await rules(), context } as const;
      return answer(
        world.services
          .get(Passcodes)
          .verify({ ...attempt, typed: plainSecret(code) })
          .then(word),
      );
    };

    const count = async (): Promise<string | number> => {
      const { found, context } = world.jane;
      const order = { accountId: found.account.id, authenticator: 'OTPoD', rules: await rules(), context } as const;
      return answer(world.services.get(TokenlessAttempts).count(order).then(String));
    };

    it.each([
      ['a passcode', () => verify(WRONG), 'passcode-wrong'],
      ['what needs no token', count, 'true'],
    ])('lets %s wait 0, 0, 1, 2, 4, 8, 16, 30 and 30 seconds', async (_what, attempt, counted) => {
      const waits: number[] = [];
      const others: (string | number)[] = [];
      for (let failure = 0; failure < 9; failure++) {
        const first = await attempt();
        const wait = typeof first === 'number' ? first : 0;
        waits.push(wait);
        world.services.clock.advance(Math.max(wait - 0.5, 0));
        others.push(wait > 0 ? await attempt() : 0.5);
        world.services.clock.advance(wait > 0 ? 0.5 : 0);
        others.push(wait > 0 ? await attempt() : first);
      }
      expect(others).toEqual(Array.from({ length: 9 }, () => [0.5, counted]).flat());
      expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 30, 30]);
    });

    it('examines nothing and counts nothing while it lasts, and writes it down', async () => {
      await verify(WRONG);
      await verify(WRONG);
      expect(await verify(world.tokens.code())).toBe(1);
      expect(await world.services.database.query('SELECT failures FROM authenticator_counters')).toEqual([
        { failures: 2 },
      ]);
      expect((await world.services.audit()).map(({ code }) => code)).toEqual([
        'passcode-wrong',
        'passcode-wrong',
        'too-many-attempts',
      ]);
      world.services.clock.advance(1);
      expect(await verify(world.tokens.code())).toBe('ok');
      expect(await verify(WRONG)).toBe('passcode-wrong');
    });

    it('attack 26: of 200 at once no more are examined than one after the other', async () => {
      const attempts = (code: string) => Promise.all(Array.from({ length: 200 }, () => verify(code)));
      expect(tally((await attempts(WRONG)).map(String))).toEqual({ 'passcode-wrong': 2, 1: 198 });
      expect(tally((await attempts(WRONG)).map(String))).toEqual({ 1: 200 });
      world.services.clock.advance(1);
      expect(tally((await attempts(WRONG)).map(String))).toEqual({ 'passcode-wrong': 1, 2: 199 });
    });

    it('still locks after as many failures as there may be', async () => {
      for (let failure = 0; failure < 20; failure++) {
        expect(await verify(WRONG)).toBe('passcode-wrong');
        world.services.clock.advance(30);
      }
      expect(await verify(world.tokens.code())).toBe('authenticator-locked');
    });
  });
});
