import { beforeEach, describe, expect, it } from 'vitest';
import { JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const SPASS = { method: 'SPASS', password: JANES_PASSWORD };

describe('section 4.8: verify knows no application, no step and no session', () => {
  const world = worldOfSuite();
  let give: Authenticators;
  beforeEach(() => {
    give = new Authenticators(world());
  });

  const verify = (credential: object, more: object = {}, cookie?: string) =>
    world().call('verify', { user: USER, credential, ...more }, { cookie });
  const policy = (category: string, options: Record<string, string>) =>
    world().apply({ policies: [{ name: 'p', category, options }] });

  it('looks at no logon policy', async () => {
    await policy('logon', { ipFilter: '198.51.100.7', ipFilterMode: 'ALLOW' });
    expect(await verify(SPASS, { remoteIp: '203.0.113.20' })).toMatchObject({ error: 0 });
  });

  it('251 for approvals that are switched off', async () => {
    await give.push();
    await policy('OOBA', { enabled: 'false' });
    expect(await verify({ method: 'OOBA' })).toMatchObject({ error: 251 });
  });

  it('opens no session, and leaves alone the one that is under way', async () => {
    await give.totp();
    const first = { application: { name: 'mail' }, user: USER, credential: SPASS };
    const { cookie } = await world().call('logon', first);
    expect(await verify(SPASS, { user: { loginName: 'jane' } }, cookie)).toMatchObject({ error: 0, cookie: undefined });
    expect(await verify(SPASS, {}, 'made-up')).toMatchObject({ error: 0, cookie: undefined });
    expect(await world().database.query('SELECT 1 FROM logon_sessions')).toHaveLength(1);
    const second = { application: { name: 'mail' }, credential: { otp: world().tokens.code() } };
    expect(await world().code('logon', second, { cookie })).toBe(0);
  });

  it('shares counters and replay protection with logon', async () => {
    await give.totp();
    const logon = (credential: object) =>
      world().code('logon', { application: { name: 'door' }, user: USER, credential });
    const otp = world().tokens.code();
    expect(await logon({ otp })).toBe(0);
    expect(await verify({ otp })).toMatchObject({ error: 302 });
    await policy('lockout', { maxFailures: '2', growingDelay: 'false' });
    expect(await logon({ otp: '000000' })).toBe(300);
    expect(await verify({ otp: world().tokens.code(1) })).toMatchObject({ error: 203 });
  });

  it('does not look at an application that is sent along', async () => {
    expect(await verify(SPASS, { application: { name: 'none' }, step: 7 })).toMatchObject({ error: 0 });
  });
});
