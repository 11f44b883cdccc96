import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { Delivery } from '../../../src/delivery/delivery.js';
import { TestSmsGateway } from '../../support/sms-gateway.js';
import { TestSmtpServer } from '../../support/smtp-server.js';
import { FALSE } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { NEW_PASSWORD, World } from './world.js';

const PUBLIC_URL = 'https://portal.example.test';

describe('section 9: delivery through a mail relay and an SMS gateway', () => {
  const database = databaseOfSuite();
  let relay: TestSmtpServer;
  let gateway: TestSmsGateway;
  let world: World;
  let person: BuiltinPerson;

  const PATIENCE = 'delivery_first_try_seconds: 30';
  const sections = (through = relay): string => `
mail:
  profiles: [{ name: relay, url: '${through.url}' }]
  accounts: [{ name: system, profile: relay, address: no-reply@example.test, isSystem: true }]
sms: { gateways: [{ name: main, kind: http, url: '${gateway.url}' }] }
`;

  beforeAll(async () => {
    [relay, gateway] = await Promise.all([TestSmtpServer.start(), TestSmsGateway.start()]);
    const base = { publicUrl: PUBLIC_URL, settings: `{ ${PATIENCE} }`, more: sections() };
    world = await World.start(database(), base, { delivery: 'relays' });
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterEach(() => {
    relay.accept();
    gateway.accept();
    relay.mails.clear();
    gateway.accepted.clear();
    gateway.requests.clear();
  });
  afterAll(async () => {
    await world.stop();
    await Promise.all([relay.stop(), gateway.stop()]);
  });

  const call = (params: object): ReturnType<World['call']> => world.call({ username: person.login, ...params });
  const expectLink = async (params: object): Promise<string> => {
    const { result } = await call(params);
    expect(result).toMatch(/^https:\/\/portal\.example\.test\/webapps\/pwreset\/\?req=[\w-]{43}$/);
    return String(result);
  };
  const path = (link: string): string => link.slice(PUBLIC_URL.length);
  /** What the audit says of the delivery of the newest request. */
  const delivered = async (): Promise<Record<string, unknown> | null | undefined> =>
    (await world.audit()).findLast(({ event }) => ['password-reset.sent', 'password-reset.failed'].includes(event))
      ?.detail;
  const state = async (): Promise<string | undefined> => (await world.requests(person))[0]?.state;

  it('MAIL: one mail to the address in the directory, with the link', async () => {
    const link = await expectLink({ method: 'MAIL' });
    expect(relay.mails.all).toHaveLength(1);
    expect(relay.mails.last).toMatchObject({ from: 'no-reply@example.test', to: [person.mail] });
    expect(relay.mails.last?.parsed.text).toContain(link);
    expect(gateway.requests.all).toEqual([]);
    expect(await delivered()).toEqual({ method: 'MAIL', MAIL: 'sent' });
  });

  it('SMS: one SMS to the mobile number in the directory, with the link', async () => {
    const link = await expectLink({ method: 'SMS' });
    expect(gateway.accepted.all).toMatchObject([{ to: person.mobile }]);
    expect(gateway.accepted.last?.text).toContain(link);
    expect(relay.mails.all).toEqual([]);
    expect(await delivered()).toEqual({ method: 'SMS', SMS: 'sent' });
  });

  it('MAILSMS: both, with the same link', async () => {
    const link = await expectLink({ method: 'MAILSMS' });
    expect(relay.mails.last?.parsed.text).toContain(link);
    expect(gateway.accepted.last?.text).toContain(link);
    expect(await delivered()).toEqual({ method: 'MAILSMS', MAIL: 'sent', SMS: 'sent' });
  });

  it('NONE: nothing is sent, nobody is asked', async () => {
    const before = relay.connections;
    await expectLink({ method: 'NONE' });
    expect([relay.connections, gateway.requests.all]).toEqual([before, []]);
    expect(
      await world.query('SELECT id FROM messages WHERE request_id = $1', [(await world.requests(person))[0]?.id]),
    ).toEqual([]);
  });

  it('the link that was mailed works', async () => {
    const link = await expectLink({ method: 'MAIL' });
    const browser = world.browser();
    const form = await browser.submit(await browser.get(path(link)), {});
    expect((await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD })).status).toBe(200);
    const notice = await relay.mails.untilOne(({ parsed }) => parsed.subject === 'Your password for ACME was changed');
    expect(notice.to).toEqual([person.mail]);
  });

  describe('MAILSMS with one channel failing', () => {
    it('the relay refuses the mail: the link is returned, the SMS sent, the failure recorded', async () => {
      relay.refuse(550);
      const link = await expectLink({ method: 'MAILSMS' });
      expect(gateway.accepted.last?.text).toContain(link);
      expect(await delivered()).toEqual({
        method: 'MAILSMS',
        MAIL: 'failed: the mail relay refused the recipient (550)',
        SMS: 'sent',
      });
      expect(await state()).toBe('sent');
    });

    it('the gateway refuses the SMS: the link is returned, the mail sent, the failure recorded', async () => {
      gateway.refuse(422);
      const link = await expectLink({ method: 'MAILSMS' });
      expect(relay.mails.last?.parsed.text).toContain(link);
      expect(await delivered()).toMatchObject({
        MAIL: 'sent',
        SMS: 'failed: the SMS gateway answered with status 422',
      });
    });

    it('a missing address counts as a failing channel: mail only', async () => {
      person = await world.person({ mobile: null });
      await expectLink({ method: 'MAILSMS' });
      expect(relay.mails.all).toHaveLength(1);
      expect(await delivered()).toEqual({ method: 'MAILSMS', MAIL: 'sent', SMS: 'failed: no address' });
    });

    it('a missing address counts as a failing channel: SMS only', async () => {
      person = await world.person({ mail: null });
      await expectLink({ method: 'MAILSMS' });
      expect(gateway.accepted.all).toHaveLength(1);
      expect(await delivered()).toEqual({ method: 'MAILSMS', SMS: 'sent', MAIL: 'failed: no address' });
    });
  });

  describe('every channel failing: false', () => {
    it.each(['MAIL', 'SMS', 'MAILSMS'])(
      '%s refused for good: created -> failed, and the token is dead',
      async (method) => {
        relay.refuse(550);
        gateway.refuse(400);
        expect(await call({ method })).toEqual(FALSE);
        expect(await world.requests(person)).toMatchObject([{ state: 'failed', endReason: 'delivery-failed' }]);
        const [row] = await world.query('SELECT link_digest FROM one_time_requests ORDER BY number DESC LIMIT 1');
        expect(row).toEqual({ link_digest: null });
        const refused = await world.audit({ event: 'password-reset.refused' });
        expect(refused.at(-1)).toMatchObject({ code: 'delivery-failed', target: `cn=${person.login},dc=ACME` });
      },
    );

    it('a link that a refusing gateway has read opens nothing', async () => {
      gateway.refuse(400);
      await call({ method: 'SMS' });
      const link = /https:\S+/.exec(gateway.requests.last?.text ?? '')?.[0] ?? '';
      expect(link).toMatch(/\?req=[\w-]{43}$/);
      expect((await world.browser().get(path(link))).status).toBe(404);
      expect((await world.browser().post('/webapps/pwreset/', { req: link.slice(-43) })).status).toBe(404);
    });

    it('one address missing and the other channel refused', async () => {
      person = await world.person({ mobile: null });
      relay.refuse(550);
      expect(await call({ method: 'MAILSMS' })).toEqual(FALSE);
      expect(await state()).toBe('failed');
    });

    it('attack 14: two addresses in one attribute are none', async () => {
      person = await world.person({ mail: 'jane@acme.test, eve@evil.test', mobile: '+35226000001,+33600000000' });
      expect(await call({ method: 'MAILSMS' })).toEqual(FALSE);
      expect([relay.mails.all, gateway.requests.all]).toEqual([[], []]);
    });

    it('an older link stays dead too: a failed newer one has replaced it', async () => {
      const older = await expectLink({ method: 'NONE' });
      relay.refuse(550);
      expect(await call({ method: 'MAIL' })).toEqual(FALSE);
      expect((await world.browser().get(path(older))).status).toBe(404);
    });
  });

  describe('no address for the channel: false, before anything is made', () => {
    it.each([
      ['MAIL', { mail: null }],
      ['SMS', { mobile: null }],
      ['MAILSMS', { mail: null, mobile: null }],
    ])('%s', async (method, fields) => {
      person = await world.person(fields);
      for (let attempt = 0; attempt < 8; attempt++) expect(await call({ method })).toEqual(FALSE);
      expect(await world.requests(person)).toEqual([]);
      expect((await world.audit({ event: 'password-reset.refused' })).at(-1)?.code).toBe('no-address');
      await expectLink({ method: 'NONE' });
    });
  });

  describe('refused for now', () => {
    it('451 and 503: the link is returned, and the messages are tried again until they get through', async () => {
      relay.refuse(451);
      gateway.refuse(503);
      const link = await expectLink({ method: 'MAILSMS' });
      expect(await state()).toBe('sent');
      expect(await delivered()).toMatchObject({
        MAIL: expect.stringMatching(/^queued: /) as string,
        SMS: expect.stringMatching(/^queued: /) as string,
      });
      relay.accept();
      gateway.accept();
      world.app.clock.advance(60);
      await world.app.get(Delivery).attemptDue();
      expect((await relay.mails.untilCount(1)).parsed.text).toContain(link);
      expect((await gateway.accepted.untilCount(1)).text).toContain(link);
      expect((await world.browser().get(path(link))).status).toBe(200);
    });

    it('a relay that stalls: the call answers within delivery_first_try_seconds, and the message goes out later', async () => {
      const stalling = await TestSmtpServer.start();
      stalling.stall();
      await world.configure({ settings: '{ delivery_first_try_seconds: 1 }', more: sections(stalling) });
      const link = await expectLink({ method: 'MAIL' });
      expect(await delivered()).toMatchObject({ MAIL: 'queued: the attempt takes longer' });
      expect(await state()).toBe('sent');
      expect((await world.browser().get(path(link))).status).toBe(200);
      await world.configure({});
      await stalling.stop();
      await world.app.get(Delivery).settleRunning(10_000);
      world.app.clock.advance(3_600);
      await world.app.get(Delivery).attemptDue();
      expect((await relay.mails.untilCount(1)).parsed.text).toContain(link);
    });

    it('a message that still waits when its link is replaced is not sent any more', async () => {
      relay.refuse(451);
      const older = await expectLink({ method: 'MAIL' });
      relay.accept();
      const newer = await expectLink({ method: 'MAIL' });
      world.app.clock.advance(60);
      await world.app.get(Delivery).attemptDue();
      const texts = relay.mails.all.map(({ parsed }) => parsed.text ?? '');
      expect(texts.filter((text) => text.includes(newer))).toHaveLength(1);
      expect(texts.filter((text) => text.includes(older))).toHaveLength(0);
      const [row] = await world.query(
        "SELECT state, reason_category FROM messages WHERE state = 'failed' ORDER BY created_at DESC, last_attempt_at DESC LIMIT 1",
      );
      expect(row).toEqual({ state: 'failed', reason_category: 'withdrawn' });
    });
  });

  describe('attack 67: SMS for one number', () => {
    it('stop at the budget: false, an audit row, and mail still goes', async () => {
      await world.configure({ settings: `{ ${PATIENCE}, sms_per_recipient_per_hour: 2 }` });
      await expectLink({ method: 'SMS' });
      await expectLink({ method: 'SMS' });
      expect(await call({ method: 'SMS' })).toEqual(FALSE);
      await expectLink({ method: 'MAILSMS' });
      expect(gateway.requests.all).toHaveLength(2);
      expect(await world.audit({ event: 'sms-budget.reached' })).toMatchObject([
        { outcome: 'refused', code: 'send-limit-reached', detail: { budget: 'recipient' } },
        { outcome: 'refused', code: 'send-limit-reached', detail: { budget: 'recipient' } },
      ]);
      const twin = await world.person({ mobile: person.mobile });
      expect(await world.call({ username: twin.login, method: 'SMS' })).toEqual(FALSE);
    });

    it('stop at the allowed beginnings of numbers', async () => {
      await world.configure({ settings: `{ ${PATIENCE}, sms_allowed_prefixes: ["+49"] }` });
      expect(await call({ method: 'SMS' })).toEqual(FALSE);
      expect(gateway.requests.all).toEqual([]);
    });
  });
});

describe('section 9: a mail relay and an SMS gateway must be configured', () => {
  const database = databaseOfSuite();

  it('without them: false for MAIL and SMS, a link for NONE; the audit says what is missing', async () => {
    const world = await World.start(database(), { publicUrl: PUBLIC_URL }, { delivery: 'relays' });
    const { login: username } = await world.person();
    expect(await world.call({ username, method: 'MAIL' })).toEqual(FALSE);
    expect(await world.call({ username, method: 'SMS' })).toEqual(FALSE);
    expect((await world.audit({ event: 'password-reset.failed' })).map(({ detail }) => detail)).toEqual([
      { method: 'MAIL', MAIL: 'failed: no mail account with a relay is declared' },
      { method: 'SMS', SMS: 'failed: no SMS gateway is declared' },
    ]);
    expect(await world.call({ username, method: 'NONE' })).toMatchObject({ result: expect.any(String) as string });
    await world.stop();
  });
});
