import { beforeEach, describe, expect, it } from 'vitest';
import { oathKey } from '../../../src/tokens/oath/oath-key.js';
import { ocraResponse } from '../../../src/tokens/oath/ocra.js';
import { storedOcraSuite } from '../../../src/tokens/oath/ocra-suite.js';
import type { Seed } from '../../../src/tokens/oath/seed.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };

const SEED = Buffer.from('12345678901234567890') as Uint8Array as Seed;

/** What the token of {@link Authenticators.ocra} shows. */
function responseTo(challenge: string): string {
  const suite = storedOcraSuite({});
  return ocraResponse(oathKey(SEED, suite.hash), suite, { challenge });
}

describe('section 6.5: challenges that an agent makes up', () => {
  const world = worldOfSuite();

  beforeEach(async () => {
    await world().apply({
      policies: [{ name: 'sign', category: 'challengeCode', options: { allowClientChallenge: 'true' } }],
    });
    await new Authenticators(world()).ocra();
  });

  const respond = (cc: string, otp: string) =>
    world().patiently('verifyResponse', { user: USER, credential: { cc, otp } });

  // 651454816 is sixteen times 40715926: in hexadecimal both have the same digits, but for the zeros that fill them up.
  it.each(['040715926', '0000000040715926', '651454816'])(
    'attack 58: are right once, however they are written: %s',
    async (alias) => {
      expect(await respond('40715926', '675414')).toBe(0);
      expect(await respond(alias, '675414')).toBe(320);
    },
  );

  it('attack 21: are none that the server has put before, answered or not', async () => {
    const { result } = await world().call('getChallengeCode', { user: USER });
    const cc = String(result?.['code']);
    const otp = responseTo(cc);
    expect(await respond(cc, otp)).toBe(0);
    expect(await respond(cc, otp)).toBe(320);
    expect(await respond(`0${cc}`, otp)).toBe(320);
  });

  it('attack 59: that nobody has answered fill no table', async () => {
    for (const cc of ['11111111', '22222222', '33333333']) expect(await respond(cc, '000000')).toBe(300);
    expect(await world().database.query('SELECT 1 FROM token_codes')).toHaveLength(1);
    expect(await respond('22222222', '653583')).toBe(0);
    expect(await respond('11111111', '237653')).toBe(300);
    expect(await respond('22222222', '653583')).toBe(320);
  });

  it('may be all zeros', async () => {
    expect(await respond('00000000', '237653')).toBe(0);
    expect(await respond('0000', '237653')).toBe(320);
  });

  it.each(['abcdefgh', '0'.repeat(17), '1'.repeat(64)])(
    'attack 44: are 320, and no attempt, where the token cannot be asked them: %s',
    async (cc) => {
      expect(await respond(cc, '675414')).toBe(320);
      expect(await world().database.query('SELECT 1 FROM authenticator_counters')).toEqual([]);
    },
  );
});
