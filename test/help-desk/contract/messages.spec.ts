import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { TestSmsGateway } from '../../support/sms-gateway.js';
import { TestSmtpServer } from '../../support/smtp-server.js';
import { answer } from './desk.js';

const MAIL = { to: 'jane@example.test', subject: 'Ticket 812', body: 'Hello Jane,\n\nsee the file.' };
const SMS = { to: '+352 26 00 00 01', message: 'Ticket 812 is solved.' };
const SENT = answer(true);

describe('section 12: messages of administrators', () => {
  const database = databaseOfSuite();
  let relay: TestSmtpServer;
  let gateway: TestSmsGateway;
  let world: World;

  beforeAll(async () => {
    [relay, gateway] = await Promise.all([TestSmtpServer.start(), TestSmsGateway.start()]);
    const more = `
mail:
  profiles: [{ name: relay, url: '${relay.url}' }]
  accounts:
    - { name: system, profile: relay, address: no-reply@example.test, isSystem: true }
    - { name: desk, profile: relay, address: desk@example.test }
sms: { gateways: [{ name: main, kind: http, url: '${gateway.url}' }] }
`;
    world = await World.start(
      database(),
      { publicUrl: 'https://portal.example.test', settings: '{ delivery_first_try_seconds: 30 }', more },
      { delivery: 'relays' },
    );
  });
  beforeEach(async () => {
    await world.calm();
    gateway.accept();
    relay.mails.clear();
    gateway.accepted.clear();
  });
  afterAll(async () => {
    await world.stop();
    await Promise.all([relay.stop(), gateway.stop()]);
  });

  const mail = (params: object = {}): Promise<unknown> => world.chief.call('Send_Mail', { ...MAIL, ...params });
  const sms = (params: object = {}): Promise<unknown> => world.chief.call('Send_SMS', { ...SMS, ...params });

  describe('Send_Mail', () => {
    it('sends the text as it is, from the system account', async () => {
      expect(await mail()).toEqual(SENT);
      const { parsed } = relay.mails.last ?? {};
      expect(parsed).toMatchObject({ subject: MAIL.subject, text: expect.stringContaining(MAIL.body) as string });
      expect(parsed?.from?.value).toMatchObject([{ address: 'no-reply@example.test' }]);
    });

    it('sends from another declared account, and from no other address', async () => {
      expect(await mail({ from: 'Desk@example.test' })).toEqual(SENT);
      expect(relay.mails.last?.parsed.from?.value).toMatchObject([{ address: 'desk@example.test' }]);
      for (const from of [
        'boss@example.test',
        '',
        'desk@example.test, boss@example.test',
        'Boss <desk@example.test>',
      ]) {
        expect(await mail({ from })).toEqual(FALSE);
      }
      expect(relay.mails.all.length).toBe(1);
    });

    it('sends files byte by byte', async () => {
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256));
      const attachments = [{ name: 'test file.pdf', data: bytes.toString('base64') }];
      expect(await mail({ attachments })).toEqual(SENT);
      expect(relay.mails.last?.parsed.attachments).toMatchObject([{ filename: 'test file.pdf', content: bytes }]);
      expect(relay.mails.last?.source).toContain('Content-Type: application/octet-stream; name="test file.pdf"');
    });

    it.each([
      ['not-an-address'],
      [''],
      ['a@example.test, b@example.test'],
      ['Jane <jane@example.test>'],
      ['jane@example.test\r\nBcc: evil@example.test'],
    ])('attack 62: %j is not one address', async (to) => {
      expect(await mail({ to })).toEqual(FALSE);
      expect(relay.mails.all.length).toBe(0);
    });

    it('attack 62: nothing in a mail becomes a header', async () => {
      const evil = 'x\r\nBcc: evil@example.test\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>';
      expect(await mail({ subject: evil, body: evil, attachments: [{ name: evil, data: 'YQ==' }] })).toEqual(SENT);
      const { to, parsed } = relay.mails.last ?? {};
      expect(to).toEqual([MAIL.to]);
      expect([...(parsed?.headers.keys() ?? [])]).not.toEqual(expect.arrayContaining(['x-evil']));
      expect(parsed?.bcc).toBeUndefined();
      expect(String(parsed?.html)).not.toContain('<script');
      expect(parsed?.attachments[0]?.filename).not.toMatch(/[\r\n]/);
    });

    it('encrypts nothing, and says so', async () => {
      expect(await mail({ certificate: '-----BEGIN CERTIFICATE-----' })).toEqual(FALSE);
      expect(relay.mails.all.length).toBe(0);
    });

    it.each([
      [{ to: undefined }, 'Parameter to missing'],
      [{ subject: 5 }, 'Parameter subject not String'],
      [{ body: null }, 'Parameter body missing'],
      [{ attachments: 'x' }, 'Parameter attachments not Array of Object'],
      [{ attachments: ['x'] }, 'Parameter attachments not Array of Object'],
      [{ attachments: [{ name: 'a' }] }, 'Parameter data missing'],
      [{ attachments: [{ name: 'a', data: '***' }] }, 'Parameter data not Base64'],
      [{ attachments: Array.from({ length: 21 }, () => ({ name: 'a', data: '' })) }, 'Parameter attachments too long'],
    ])('refuses %j', async (params, data) => {
      expect(await mail(params)).toEqual(failure(-32602, data));
    });

    it('is false when the relay refuses for good', async () => {
      relay.refuse(550);
      expect(await mail()).toEqual(FALSE);
      relay.accept();
    });
  });

  describe('Send_SMS', () => {
    it('sends the text to the number, in its international form', async () => {
      expect(await sms()).toEqual(SENT);
      expect(await sms({ from: 'Help Desk' })).toEqual(SENT);
      expect(gateway.accepted.all.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
        { to: '+35226000001', text: SMS.message },
        { to: '+35226000001', text: SMS.message, from: 'Help Desk' },
      ]);
    });

    it.each([
      { to: '26000001' },
      { to: '' },
      { to: 'jane@example.test' },
      { message: ' ' },
      { from: 'x'.repeat(16) },
      { from: 'a\nb' },
    ])('%j is false', async (params) => {
      expect(await sms(params)).toEqual(FALSE);
      expect(gateway.accepted.all.length).toBe(0);
    });

    it('is false when the gateway refuses for good', async () => {
      gateway.refuse(400);
      expect(await sms()).toEqual(FALSE);
    });

    it('attack 67: holds to the budgets of SMS and of the administrator', async () => {
      await world.configure({ settings: '{ delivery_first_try_seconds: 30, sms_per_recipient_per_hour: 2 }' });
      const answers = await Promise.all(Array.from({ length: 6 }, () => sms()));
      expect(answers.filter((one) => JSON.stringify(one) === JSON.stringify(SENT))).toHaveLength(2);
      expect(gateway.accepted.all.length).toBe(2);
      await world.calm();
      await world.configure({ settings: '{ delivery_first_try_seconds: 30, manager_messages_per_hour: 3 }' });
      for (const number of ['+35226000011', '+35226000012', '+35226000013'])
        expect(await sms({ to: number })).toEqual(SENT);
      expect(await sms({ to: '+35226000014' })).toEqual(FALSE);
      expect(await mail()).toEqual(FALSE);
      expect(await world.manager('ACME\\keeper').call('Send_Mail', MAIL)).toEqual(SENT);
      await world.configure({ settings: '{ delivery_first_try_seconds: 30, sms_allowed_prefixes: ["+49"] }' });
      expect(await sms()).toEqual(FALSE);
    });
  });

  it('attack 42: neither texts nor addresses are in the audit or readable at rest', async () => {
    const after = await world.lastAuditId();
    await mail({
      to: 'canary.person@example.test',
      subject: 'canary',
      body: 'canary',
      attachments: [{ name: 'canary', data: '' }],
    });
    await sms({ message: 'canary', to: 'canary' });
    const rows = JSON.stringify(await world.audit({ after }));
    expect(rows).toContain('letter.posted');
    expect(rows).not.toContain('canary');
    expect(JSON.stringify(await world.query('SELECT * FROM messages'))).not.toContain('canary');
  });
});
