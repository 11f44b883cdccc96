import { beforeEach, describe, expect, it } from 'vitest';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import { JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { change } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const RIGHT = '675414';

describe('section 4.9: verifyResponse checks the response and nothing else', () => {
  const world = worldOfSuite();
  let held: HeldToken;
  beforeEach(async () => {
    held = await new Authenticators(world()).ocra();
    await world().call('getChallengeCode', { user: USER });
    await world().database.query(`UPDATE token_challenges SET code = '40715926'`);
  });

  const respond = (credential: object) =>
    world().code('verifyResponse', { user: USER, credential: { cc: '40715926', ...credential } });

  it.each(['SPASS', 'PIN', 'EMCODE', 'OTPoD', 'OOBA', 'CERT'])(
    'attack 35: whatever `method` says: %s with a right password and a wrong response',
    async (method) => {
      const rest = { method, password: JANES_PASSWORD };
      expect(await respond({ ...rest, otp: '000000' })).toBe(300);
      expect(await respond({ ...rest, otp: RIGHT })).toBe(0);
    },
  );

  it.each([
    [253, 'tokens', 'status', 'DISABLED'],
    [254, 'token_assignments', 'status', 'INACTIVE'],
    [255, 'token_assignments', 'status', 'LOCKED'],
    [256, 'token_assignments', 'expires', '2006-01-01'],
    [257, 'token_assignments', 'usage_count', 1],
  ] as const)(
    '%i for a token whose %s have %s %s, though its challenge is open',
    async (code, table, column, value) => {
      await world().database.query('UPDATE token_assignments SET usage_limit = 1');
      await change(world(), held, table, column, value);
      const body = { user: USER, credential: { cc: '40715926', otp: RIGHT } };
      expect(await world().code('verifyResponse', { ...body, token: { serial: held.token.serial } })).toBe(code);
      expect(await world().code('verifyResponse', body)).toBe(code);
    },
  );

  it('takes a challenge of six digits that the agent has made up, where the policy allows it', async () => {
    await world().apply({
      policies: [{ name: 'sign', category: 'challengeCode', options: { allowClientChallenge: 'true' } }],
    });
    expect(await respond({ cc: '407159', otp: '000000' })).toBe(300);
  });

  it('with `return` it tells the token, and nothing about the person', async () => {
    const credential = { cc: '40715926', otp: RIGHT };
    const { result } = await world().call('verifyResponse', { user: USER, credential, return: ['*', 'user'] });
    expect(Object.keys(result ?? {})).toEqual(['token']);
  });
});
