import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { AuthWorld, JANES_PASSWORD } from '../auth-world.js';

const SPASS = { method: 'SPASS', password: JANES_PASSWORD };
const USER = { loginName: 'jane' };
const MAIL = { name: 'mail' };

describe('logon', () => {
  eachDatabase((database) => {
    let world: AuthWorld;

    beforeAll(async () => {
      world = await AuthWorld.start(database());
    });
    afterEach(() => world.reset());
    afterAll(() => world.stop());

    it('takes a person through two steps', async () => {
      await world.tokens.totp((await world.person()).account);
      const first = await world.call('logon', { application: MAIL, user: USER, credential: SPASS, return: ['*'] });
      expect(first).toMatchObject({ error: 0, result: { step: 2, steps: 2, completed: false } });
      const second = await world.call(
        'logon',
        { application: MAIL, credential: { otp: world.tokens.code() }, return: ['*'] },
        { cookie: first.cookie },
      );
      expect(second).toMatchObject({ error: 0, result: { step: 2, steps: 2, completed: true } });
      expect(second.cookie).not.toBe(first.cookie);
    });
  });
});
