import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { statementsDuring } from '../../support/sent-statements.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { AuthWorld } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';

describeOnPostgres('design, invariant 12: a one-time password', (database) => {
  let world: AuthWorld;

  beforeAll(async () => {
    world = await AuthWorld.start(database());
  });
  afterEach(() => world.reset());
  afterAll(() => world.stop());

  /** First words of the statements that a call makes, of those that are about people and tokens. */
  async function statements(call: () => Promise<number>): Promise<string[]> {
    // What is believed for a moment is read before.
    await world.code('verify', { user: { loginName: 'nobody' }, credential: { otp: '000000' } });
    const texts = await statementsDuring(async () => expect(await call()).toBe(0));
    return texts
      .filter((text) => /accounts|people|token/.test(text) && !/pgboss|agent_tokens|push_requests/.test(text))
      .map((text) => text.trim().split(/\s+/, 1)[0] ?? '');
  }

  it('takes a look at the person, one statement that counts and reads, and one that settles', async () => {
    const { token } = await new Authenticators(world).totp();
    const { account } = await world.person();
    const verify = (user: object, more: object = {}) =>
      statements(() => world.code('verify', { user, credential: { otp: world.tokens.code() }, ...more }));
    const byLogin = await verify({ loginName: 'jane' });
    expect(byLogin.slice(-2)).toEqual(['WITH', 'WITH']);
    expect(byLogin.length).toBeLessThanOrEqual(4);
    world.clock.advance(30);
    const byId = await verify({ id: account.id }, { token: { serial: token.serial } });
    expect(byId.slice(-2)).toEqual(['WITH', 'WITH']);
    expect(byId.length).toBeLessThanOrEqual(4);
  });
});
