import { beforeEach, describe, expect, it } from 'vitest';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import { Authenticators } from '../authenticators.js';
import { setPin } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';
import { callsOfJane, USER } from './calls-of-jane.js';

/** Section 6.5. */
const CHALLENGE = '40715926';
const RESPONSE = '675414';

describe('PINs beside responses', () => {
  const world = worldOfSuite();
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  const { ask, verify, policies } = callsOfJane(world);

  describe('section 6.3: a PIN with a numeric response', () => {
    const mode = (pinMode: string) => policies({ name: 'pin', category: 'LK/OCRA', options: { pinMode } });
    /** The response to the challenge of section 6.5, put anew each time. */
    async function respond(credential: object, method = 'verifyResponse'): Promise<number> {
      const { id } = await ask();
      await world().database.query('UPDATE token_challenges SET code = $1 WHERE consumed_at IS NULL', [CHALLENGE]);
      const step = method === 'logon' ? { application: { name: 'files' } } : {};
      return world().patiently(method, { user: USER, ...step, credential: { cc: id, ...credential } });
    }

    let held: HeldToken;

    beforeEach(async () => {
      held = await give.ocra({ product: 'LK/OCRA' });
    });

    it('is no matter without a PIN or a rule', async () => {
      expect(await respond({ otp: RESPONSE })).toBe(0);
      await mode('PREFIX');
      expect(await respond({ otp: RESPONSE })).toBe(0);
      expect(await respond({ otp: RESPONSE, pin: '2468' })).toBe(300);
    });

    it.each(['verifyResponse', 'verify', 'logon'])(
      'goes in front of it or beside it under PREFIX: %s',
      async (method) => {
        await give.pin('2468');
        await mode('PREFIX');
        expect(await respond({ otp: RESPONSE }, method)).toBe(300);
        expect(await respond({ otp: `1357${RESPONSE}` }, method)).toBe(300);
        expect(await respond({ otp: '2468000000' }, method)).toBe(300);
        expect(await respond({ otp: `2468${RESPONSE}` }, method)).toBe(0);
        expect(await respond({ otp: RESPONSE, pin: '2468' }, method)).toBe(0);
        expect(await respond({ otp: RESPONSE, pin: '1357' }, method)).toBe(300);
      },
    );

    it.each(['verifyResponse', 'verify', 'logon'])('goes beside it only under SEPARATE: %s', async (method) => {
      await give.pin('2468');
      await mode('SEPARATE');
      expect(await respond({ otp: RESPONSE }, method)).toBe(300);
      expect(await respond({ otp: `2468${RESPONSE}` }, method)).toBe(300);
      expect(await respond({ otp: RESPONSE, pin: '1357' }, method)).toBe(300);
      expect(await respond({ otp: RESPONSE, pin: '2468' }, method)).toBe(0);
    });

    it('must be right where it is given, and is that of the assignment where there is one', async () => {
      await give.pin('2468');
      expect(await respond({ otp: RESPONSE, pin: '1357' })).toBe(300);
      expect(await respond({ otp: RESPONSE })).toBe(0);
      await setPin(world(), held, '6203');
      expect(await respond({ otp: RESPONSE, pin: '2468' })).toBe(300);
      expect(await respond({ otp: RESPONSE, pin: '6203' })).toBe(0);
    });

    it('goes with challenges that the agent has made up', async () => {
      await give.pin('2468');
      await policies(
        { name: 'pin', category: 'LK/OCRA', options: { pinMode: 'SEPARATE' } },
        { name: 'sign', category: 'challengeCode', options: { allowClientChallenge: 'true' } },
      );
      const sign = (credential: object) => verify({ cc: CHALLENGE, otp: RESPONSE, ...credential });
      expect(await sign({})).toBe(300);
      expect(await sign({ pin: '2468' })).toBe(0);
    });
  });
});
