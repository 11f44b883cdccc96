import { beforeEach, describe, expect, it } from 'vitest';
import { JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const RIGHT = '675414';

describe('section 4.9: verifyResponse checks the response and nothing else', () => {
  const world = worldOfSuite();
  beforeEach(async () => {
    await new Authenticators(world()).ocra();
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

  it('with `return` it tells the token, and nothing about the person', async () => {
    const credential = { cc: '40715926', otp: RIGHT };
    const { result } = await world().call('verifyResponse', { user: USER, credential, return: ['*', 'user'] });
    expect(Object.keys(result ?? {})).toEqual(['token']);
  });
});
