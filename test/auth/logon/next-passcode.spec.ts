import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox } from '../../../src/delivery/outbox.js';
import { Authenticators } from '../authenticators.js';
import { JANES_PASSWORD } from '../auth-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const HOUR = 3_600;

describe('section 6.7: the passcode of the next logon, sent ahead', () => {
  const world = worldOfSuite();

  const ahead = (options: object = {}, more: object = {}) =>
    world().apply({
      policies: [{ name: 'ahead', category: 'T-Pass', options: { preDelivery: 'true', ...options }, ...more }],
    });
  const enter = (otp: string, name = 'door', agent = 'vpn') =>
    world().code('logon', { application: { name }, user: USER, credential: { method: 'OTPoD', otp } }, { agent });
  const send = (options: object = {}) => world().code('sendOTP', { user: USER, options });
  const received = async (): Promise<string> => {
    const [message] = await world().delivered();
    return /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
  };
  const messages = async (): Promise<number> => (await world().delivered()).length;
  /** Logs on with a passcode that was asked for; gives back the one that was sent ahead then. */
  const entered = async (): Promise<string> => {
    expect(await send()).toBe(0);
    const asked = await received();
    expect(await enter(asked)).toBe(0);
    const next = await received();
    expect(next).not.toBe(asked);
    return next;
  };

  beforeEach(() => ahead());

  it('is right once, a day long, and then the next one comes', async () => {
    const next = await entered();
    world().clock.advance(24 * HOUR - 1);
    expect(await enter(next)).toBe(0);
    const another = await received();
    expect(another).not.toBe(next);
    expect(await enter(next)).toBe(302);
    world().clock.advance(24 * HOUR);
    expect(await enter(another)).toBe(340);
  });

  it('is not sent unless the policy says so', async () => {
    await ahead({ preDelivery: 'false' });
    expect(await send()).toBe(0);
    expect(await enter(await received())).toBe(0);
    expect(await messages()).toBe(1);
  });

  it('says what it is for, and leaves by the outbox, so that nobody waits for it', async () => {
    const deliverNow = vi.spyOn(world().get(Outbox), 'deliverNow');
    expect(await send()).toBe(0);
    expect(deliverNow).toHaveBeenCalledTimes(1);
    expect(await enter(await received())).toBe(0);
    expect(deliverNow).toHaveBeenCalledTimes(1);
    expect((await world().mailbox()).length).toBe(1);
    const [message] = await world().delivered();
    expect(message?.text).toContain('is the passcode for your next log-on');
    expect(await world().audit('passcode.sent')).toMatchObject([
      { detail: { channel: 'SMS' } },
      { detail: { channel: 'SMS', ahead: true, application: 'door' } },
    ]);
  });

  it('goes the way of the one that was used, while that is allowed', async () => {
    expect(await send({ channel: 'SMTP' })).toBe(0);
    expect(await enter(await received())).toBe(0);
    const [message] = await world().delivered();
    expect(message).toMatchObject({ channel: 'MAIL', subject: expect.stringContaining('next') as string });
    await ahead({ allowedChannels: 'SMS' });
    expect(await enter(await received())).toBe(0);
    expect((await world().delivered())[0]).toMatchObject({ channel: 'SMS' });
  });

  it('comes with the last step, and to those only who used a passcode', async () => {
    const give = new Authenticators(world());
    await give.totp();
    const logon = (credential: object, cookie?: string) =>
      world().call('logon', { application: { name: 'mail' }, user: USER, credential }, { cookie });
    const password = { method: 'SPASS', password: JANES_PASSWORD };
    const { cookie } = await logon(password);
    expect((await logon({ method: 'OTP', otp: world().tokens.code() }, cookie)).error).toBe(0);
    expect(await messages()).toBe(0);

    expect(await send()).toBe(0);
    const begun = await logon(password);
    expect(await messages()).toBe(1);
    const otp = await received();
    expect(await world().code('verify', { user: USER, credential: { method: 'OTPoD', otp: '000000' } })).toBe(300);
    expect((await logon({ method: 'OTPoD', otp }, begun.cookie)).error).toBe(0);
    expect(await messages()).toBe(2);

    const again = await logon(password);
    world().clock.advance(30);
    expect((await logon({ method: 'OTP', otp: world().tokens.code() }, again.cookie)).error).toBe(0);
    expect(await messages()).toBe(2);
  });

  it('is not sent by checks outside a logon', async () => {
    expect(await send()).toBe(0);
    expect(await world().code('verify', { user: USER, credential: { method: 'OTPoD', otp: await received() } })).toBe(
      0,
    );
    expect(await messages()).toBe(1);
  });

  it('attack 23: comes once where a logon completes fifty times at once', async () => {
    expect(await send()).toBe(0);
    const otp = await received();
    await world().database.query('UPDATE token_challenges SET attempt_limit = 100');
    const codes = await Promise.all(Array.from({ length: 50 }, () => enter(otp)));
    expect(codes.filter((code) => code === 0)).toHaveLength(1);
    expect(await messages()).toBe(2);
  });

  it('attack 67: costs nobody one that they ask for, and is void with it', async () => {
    const next = await entered();
    world().clock.advance(31);
    for (let more = 0; more < 4; more++) {
      expect(await send()).toBe(0);
      world().clock.advance(31);
    }
    expect(await enter(next)).toBe(300);
    expect(await send()).toBe(344);
  });

  it('attack 67: is not sent without end to who logs on with one after the other', async () => {
    let next = await entered();
    for (let more = 0; more < 4; more++) {
      expect(await enter(next)).toBe(0);
      next = await received();
    }
    expect(await enter(next)).toBe(0);
    expect(await messages()).toBe(6);
    world().clock.advance(31);
    expect(await send()).toBe(0);
    world().clock.advance(900);
    expect(await send()).toBe(0);
    expect(await enter(await received())).toBe(0);
    expect(await messages()).toBe(9);
  });

  it('attack 12: is void once the address that it went to is another one', async () => {
    const [next, sql] = [await entered(), world().database];
    await sql.query(`UPDATE builtin_people SET mail = 'jane.doe@harbour.test' WHERE login = 'jane'`);
    await sql.query(`UPDATE builtin_people SET mobile = '+352260099001' WHERE login = 'jane'`);
    expect(await enter(next)).toBe(340);
    await sql.query(`UPDATE builtin_people SET mobile = NULL WHERE login = 'jane'`);
    expect(await enter(next)).toBe(340);
  });

  it('works on when only the other address is another one', async () => {
    const next = await entered();
    await world().database.query(`UPDATE builtin_people SET mail = 'jane.doe@harbour.test' WHERE login = 'jane'`);
    expect(await enter(next)).toBe(0);
  });

  it('attack 65: is for the agent by way of which the person logged on', async () => {
    const next = await entered();
    expect(await enter(next, 'door', 'portal')).toBe(300);
    expect(await enter(next)).toBe(0);
  });

  it('attack 37: is good for ten minutes at most where the policy is not, or not any more', async () => {
    await ahead({}, { applications: ['door'] });
    const next = await entered();
    world().clock.advance(301);
    expect(await enter(next, 'files')).toBe(340);
    await ahead({ preDeliveryLifetime: '2' }, { applications: ['door'] });
    world().clock.advance(2 * HOUR);
    expect(await enter(next)).toBe(340);
  });

  it('attack 41: is not sent for a T-Pass that was switched off meanwhile', async () => {
    const { account } = await world().person();
    await world().tokens.give(account, { kind: 'T-Pass', product: 'LK/T-Pass' }, { slot: 'T-Pass' });
    const next = await entered();
    await world().apply({
      steps: [
        { name: 'one', authenticators: ['OTPoD'] },
        { name: 'two', authenticators: ['SPASS'] },
      ],
      policies: [{ name: 'ahead', category: 'T-Pass', options: { preDelivery: 'true' } }],
    });
    const begun = await world().call('logon', {
      application: { name: 'files' },
      user: USER,
      credential: { method: 'OTPoD', otp: next },
    });
    expect(begun.error).toBe(0);
    await world().database.query(`UPDATE tokens SET status = 'DISABLED'`);
    const done = await world().call(
      'logon',
      { application: { name: 'files' }, credential: { method: 'SPASS', password: JANES_PASSWORD }, return: ['*'] },
      { cookie: begun.cookie },
    );
    expect(done).toMatchObject({ error: 0, result: { completed: true } });
    expect(await messages()).toBe(2);
  });

  it('keeps nobody out when it cannot be sent', async () => {
    expect(await send()).toBe(0);
    const otp = await received();
    const enqueue = vi.spyOn(world().get(Outbox), 'enqueue').mockRejectedValueOnce(new Error('no room'));
    expect(await enter(otp)).toBe(0);
    expect(enqueue).toHaveBeenCalledTimes(1);
    expect(await messages()).toBe(1);
    expect(await enter(otp)).toBe(302);
  });
});
