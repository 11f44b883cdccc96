import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DeliveryRefusal, SmsTransport } from '../../../src/delivery/transport/transport.js';
import { JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };

describe('section 4.10: sendOTP', () => {
  const world = worldOfSuite();
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  const send = (body: object = {}, agent = 'vpn') => world().code('sendOTP', { user: USER, ...body }, { agent });
  const verify = (credential: object, more: object = {}, agent = 'vpn') =>
    world().code('verify', { user: USER, credential, ...more }, { agent });
  const received = async (): Promise<string> => {
    const [message] = await world().mailbox();
    return /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
  };
  const tPass = async (): Promise<string> => {
    const { account } = await world().person();
    const { token } = await world().tokens.give(account, { kind: 'T-Pass', product: 'LK/T-Pass' }, { slot: 'T-Pass' });
    return token.serial;
  };

  it('sends one that is right once; 302 or 300 afterwards', async () => {
    expect(await world().call('sendOTP', { user: USER })).toMatchObject({ status: 200, error: 0 });
    const otp = await received();
    expect(otp).toMatch(/^\d{6}$/);
    expect(await verify({ method: 'OTPoD', otp: '000000' })).toBe(300);
    expect(await verify({ method: 'OTPoD', otp: `${otp.slice(0, 3)} ${otp.slice(3)}` })).toBe(0);
    expect(await verify({ method: 'OTPoD', otp })).toBe(302);
  });

  it('tells with `return` where it went, masked, and never what it was', async () => {
    const { result } = await world().call('sendOTP', { user: USER, return: ['*'], options: { channel: 'SMTP' } });
    expect(result).toMatchObject({ channel: 'SMTP', expires: expect.stringMatching(/Z$/) as string });
    expect(result?.['address']).not.toContain('jane@');
    const [message] = await world().mailbox();
    expect(message).toMatchObject({ channel: 'MAIL', to: 'jane@harbour.test' });
    expect(JSON.stringify(result)).not.toContain(await received());
  });

  it('is what a code without a method is, where the token is a T-Pass', async () => {
    const serial = await tPass();
    expect(await send({ token: { serial } })).toBe(0);
    const answer = await world().call('verify', {
      user: USER,
      token: { serial },
      credential: { otp: await received() },
      return: ['*'],
    });
    expect(answer).toMatchObject({ error: 0, result: { token: { serial } } });
    expect(await verify({ otp: '123456' })).toBe(251);
  });

  it('340 for one that is too old', async () => {
    await send();
    const otp = await received();
    world().clock.advance(300);
    expect(await verify({ method: 'OTPoD', otp })).toBe(340);
  });

  it('attack 65: of one agent is none of another', async () => {
    await send();
    const otp = await received();
    expect(await verify({ method: 'OTPoD', otp }, {}, 'portal')).toBe(300);
    expect(await verify({ method: 'OTPoD', otp })).toBe(0);
  });

  it('attack 67: 344 within half a minute, and after five in a quarter of an hour', async () => {
    expect(await send()).toBe(0);
    expect(await send({}, 'portal')).toBe(344);
    for (let more = 0; more < 4; more++) {
      world().clock.advance(31);
      expect(await send()).toBe(0);
    }
    world().clock.advance(31);
    expect(await send()).toBe(344);
  });

  it('342 without an address, 343 for a channel that is not allowed or not there', async () => {
    expect(await send({ options: { channel: 'TWITTER' } })).toBe(343);
    expect(await send({ options: { channel: 'TELEPHONE' } })).toBe(343);
    await world().database.query('UPDATE builtin_people SET mobile = NULL');
    expect(await send({ options: { channel: 'SMS' } })).toBe(342);
    await world().apply({ policies: [{ name: 'sms', category: 'T-Pass', options: { allowedChannels: 'SMS' } }] });
    expect(await send({ options: { channel: 'SMTP' } })).toBe(343);
    expect(await send()).toBe(342);
  });

  it('341 when the gateway refuses; what was refused is void', async () => {
    const sms = vi.spyOn(world().get(SmsTransport), 'send');
    sms.mockRejectedValueOnce(DeliveryRefusal.forGood('refused', 'the gateway answered 400'));
    expect(await send({ options: { channel: 'SMS' } })).toBe(341);
    const otp = /\b\d{6}\b/.exec(sms.mock.calls[0]?.[0].text ?? '')?.[0] ?? '';
    expect(otp).toMatch(/^\d{6}$/);
    expect(await verify({ method: 'OTPoD', otp })).toBe(300);
    expect(await world().mailbox()).toEqual([]);
  });

  it('102 for a word that is no channel, and a template that there is not', async () => {
    expect(await send({ options: { channel: 'PIGEON' } })).toBe(102);
    expect(await send({ options: { template: 'Holiday greetings' } })).toBe(102);
    expect(await send({ options: { template: 'One Time Password' } })).toBe(0);
  });

  it('attack 41: nobody with a T-Pass that was switched off is sent one', async () => {
    const serial = await tPass();
    await world().database.query(`UPDATE tokens SET status = 'DISABLED'`);
    expect(await send()).toBe(251);
    expect(await send({ token: { serial } })).toBe(253);
    const { token } = await give.totp();
    expect(await send({ token: { serial: token.serial } })).toBe(251);
  });

  it('asks for the static password first where the policy says so', async () => {
    await world().apply({ policies: [{ name: 'ask', category: 'T-Pass', options: { requirePassword: 'true' } }] });
    expect(await send()).toBe(303);
    expect(await send({ credential: { method: 'SPASS', password: 'wrong' } })).toBe(300);
    expect(await world().mailbox()).toEqual([]);
    expect(await send({ credential: { method: 'SPASS', password: JANES_PASSWORD } })).toBe(0);
  });

  it('200 for nobody, 204 for who is switched off', async () => {
    expect(await world().code('sendOTP', { user: { loginName: 'nobody' } })).toBe(200);
    await world().database.query('UPDATE builtin_people SET disabled = true');
    expect(await send()).toBe(204);
  });
});
