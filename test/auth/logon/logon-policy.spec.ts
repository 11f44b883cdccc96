import { beforeEach, describe, expect, it } from 'vitest';
import { JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const SPASS = { method: 'SPASS', password: JANES_PASSWORD };

describe('section 6.8: the logon policy', () => {
  const world = worldOfSuite();
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  const policy = (options: Record<string, string>, more: object = {}) =>
    world().apply({ policies: [{ name: 'logon', category: 'logon', options, ...more }] });
  const logon = (body: object = {}, cookie?: string) =>
    world().call(
      'logon',
      { application: { name: 'mail' }, user: { loginName: 'jane' }, credential: SPASS, return: ['*'], ...body },
      { cookie },
    );
  const ONE = { step: 1, steps: 1, completed: true };
  const TWO = { step: 2, steps: 2, completed: false };

  it('NOT_REQUIRED: the first step is all, also for who has a token', async () => {
    await give.totp();
    await policy({ mfa: 'NOT_REQUIRED' });
    expect(await logon()).toMatchObject({ error: 0, result: ONE });
  });

  it('REQUIRED_WITH_TOKEN: the second step for who has a token, usable or not', async () => {
    await policy({ mfa: 'REQUIRED_WITH_TOKEN' });
    expect(await logon()).toMatchObject({ error: 0, result: ONE });
    await give.totp();
    expect(await logon()).toMatchObject({ error: 0, result: TWO });
    await world().database.query(`UPDATE tokens SET status = 'DISABLED'`);
    expect(await logon()).toMatchObject({ error: 0, result: TWO });
  });

  it('is that of the application, and of nobody else', async () => {
    await policy({ mfa: 'NOT_REQUIRED' }, { applications: ['files'] });
    expect(await logon()).toMatchObject({ result: TWO });
  });

  it('attack 37: a stricter one holds for logons under way, and a softer one too', async () => {
    await give.totp();
    await policy({ mfa: 'NOT_REQUIRED' });
    const done = await logon();
    expect(done.result).toEqual(ONE);
    await policy({ mfa: 'REQUIRED' });
    const pending = await logon({}, done.cookie);
    expect(pending.result).toEqual(TWO);
    await policy({ mfa: 'NOT_REQUIRED' });
    // Nothing is owed any more; the step that was all of it is shown once more.
    expect(await logon({}, pending.cookie)).toMatchObject({ error: 0, result: ONE });
  });

  it.each([
    ['ALLOW', '203.0.113.20', 0],
    ['ALLOW', '198.51.100.7', 235],
    ['ALLOW', undefined, 235],
    ['DENY', '203.0.113.20', 235],
    ['DENY', '198.51.100.7', 0],
    ['DENY', undefined, 235],
  ])('attack 33: %s for 203.0.113.0-203.0.113.255 answers %s with %i', async (ipFilterMode, remoteIp, code) => {
    await policy({ ipFilter: '203.0.113.0-203.0.113.255', ipFilterMode });
    expect((await logon({ remoteIp })).error).toBe(code);
    expect(await world().audit('logon.refused')).toHaveLength(code === 0 ? 0 : 1);
  });

  it('102 for an address that is none', async () => {
    expect((await logon({ remoteIp: 'a' })).error).toBe(102);
  });

  it('a proxy in brackets is the agent', async () => {
    await policy({ ipFilter: '203.0.113.20[192.0.2.1]' });
    expect((await logon({ remoteIp: '203.0.113.20' })).error).toBe(235);
    await policy({ ipFilter: '203.0.113.20[127.0.0.1]' });
    expect((await logon({ remoteIp: '203.0.113.20' })).error).toBe(0);
  });

  it('MFA_EXEMPT: the first step is all from there, and from nowhere else', async () => {
    await policy({ ipFilter: '203.0.113.20', ipFilterMode: 'MFA_EXEMPT' });
    expect((await logon({ remoteIp: '203.0.113.20' })).result).toEqual(ONE);
    expect((await logon({ remoteIp: '203.0.113.21' })).result).toEqual(TWO);
    expect((await logon()).result).toEqual(TWO);
  });

  it('a filter that closes while a logon is under way closes it', async () => {
    await give.totp();
    const { cookie } = await logon();
    await policy({ ipFilter: '203.0.113.20', ipFilterMode: 'ALLOW' });
    const credential = { otp: world().tokens.code() };
    expect((await logon({ credential }, cookie)).error).toBe(235);
    expect((await logon({ credential, remoteIp: '203.0.113.20' }, cookie)).error).toBe(0);
  });

  it('the lockout policy says after how many failures, for how long', async () => {
    const options = { maxFailures: '2', lockMinutes: '7' };
    await world().apply({ policies: [{ name: 'lock', category: 'lockout', options }] });
    await give.totp();
    const verify = () => world().code('verify', { user: { loginName: 'jane' }, credential: { otp: '000000' } });
    expect([await verify(), await verify(), await verify()]).toEqual([300, 300, 203]);
    world().clock.advance(7 * 60);
    expect(await verify()).toBe(300);
  });
});
