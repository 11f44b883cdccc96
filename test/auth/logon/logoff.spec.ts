import { beforeEach, describe, expect, it } from 'vitest';
import { LogonHousekeeping } from '../../../src/auth/logon/logon-housekeeping.js';
import { JANES_PASSWORD, JOHNS_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

describe('sections 4.7 and 4.21: the end of a logon', () => {
  const world = worldOfSuite();

  beforeEach(async () => {
    await new Authenticators(world()).totp();
  });

  const logon = (credential: object, cookie?: string, more: object = {}) =>
    world().call('logon', { application: { name: 'mail' }, credential, return: ['*'], ...more }, { cookie });
  const begin = async (): Promise<string> => {
    const user = { user: { loginName: 'jane' } };
    return (await logon({ method: 'SPASS', password: JANES_PASSWORD }, undefined, user)).cookie ?? '';
  };
  const sessions = () => world().database.query('SELECT id FROM logon_sessions');

  it('logout ends the session and expires the cookie', async () => {
    const cookie = await begin();
    expect(await world().call('logout', {}, { cookie })).toMatchObject({
      status: 200,
      error: 0,
      setCookie: expect.stringMatching(/^JSESSIONID=; Max-Age=0; Path=\/auth/) as string,
    });
    expect(await sessions()).toEqual([]);
    expect((await logon({ otp: world().tokens.code() }, cookie)).error).toBe(236);
  });

  it('logout says the same without a session, again, and with somebody else’s, which it leaves alone', async () => {
    const cookie = await begin();
    for (const options of [{}, { cookie: 'none' }, { cookie, agent: 'portal' }]) {
      expect(await world().call('logout', {}, options)).toMatchObject({ error: 0, cookie: '' });
    }
    expect(await sessions()).toHaveLength(1);
    expect((await logon({ otp: world().tokens.code() }, cookie)).error).toBe(0);
  });

  it('resetLogon forgets person and step, keeps the session, and somebody else may begin', async () => {
    const cookie = await begin();
    const [before] = await sessions();
    expect(await world().call('resetLogon', {}, { cookie })).toMatchObject({ error: 0, cookie: undefined });
    expect(await sessions()).toEqual([before]);
    const otp = { otp: world().tokens.code() };
    expect((await logon(otp, cookie)).error).toBe(101);
    expect((await logon(otp, cookie, { user: { loginName: 'jane' } })).error).toBe(232);
    const john = { method: 'SPASS', password: JOHNS_PASSWORD };
    const next = await logon(john, cookie, { user: { loginName: 'john' } });
    expect(next).toMatchObject({ error: 0, result: { step: 2 } });
    expect(next.cookie).not.toBe(cookie);
  });

  it('resetLogon says the same without a session, and leaves somebody else’s alone', async () => {
    const cookie = await begin();
    expect(await world().code('resetLogon', {})).toBe(0);
    expect(await world().code('resetLogon', {}, { cookie, agent: 'portal' })).toBe(0);
    expect((await logon({ otp: world().tokens.code() }, cookie)).error).toBe(0);
  });

  it('sessions that are over are deleted, some time later', async () => {
    const cookie = await begin();
    await logon({ otp: world().tokens.code() }, cookie);
    await begin();
    const housekeeping = world().get(LogonHousekeeping);
    expect(await housekeeping.run()).toBe(0);
    world().clock.advance(3_600);
    expect(await housekeeping.run()).toBe(0);
    world().clock.advance(3_600);
    expect(await housekeeping.run()).toBe(1);
    world().clock.advance(43_200);
    expect(await housekeeping.run()).toBe(1);
    expect(await sessions()).toEqual([]);
  });
});
