import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewMessage } from '../../src/delivery/outbox.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { TestCa } from '../support/test-ca.js';
import { type SmtpServerOptions, TestSmtpServer } from '../support/smtp-server.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { configuration, type DeliveryHarness, LINK, startDelivery } from './delivery-harness.js';

describe('mail', () => {
  let database: TestDatabase;
  let delivery: DeliveryHarness;
  let relay: TestSmtpServer;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
  });

  afterAll(() => database.stop());

  beforeEach(async () => {
    await database.clear();
    delivery = await startDelivery(database);
  });

  afterEach(async () => {
    await delivery.close();
    await relay?.stop();
  });

  const useRelay = async (options: SmtpServerOptions = {}, profile = '') => {
    relay = await TestSmtpServer.start(options);
    await delivery.apply(configuration({ relay: `url: "${relay.url}"${profile}` }));
  };

  const send = async (message: Partial<NewMessage> = {}) => {
    const ids = await delivery.enqueue(message);
    const [outcome] = await delivery.outbox.deliverNow(ids);
    return { id: ids[0] ?? '', outcome };
  };

  it('hands a mail to the relay, addressed as the directory says and marked as written by a machine', async () => {
    await useRelay();
    const { id, outcome } = await send({ language: 'de' });
    expect(outcome).toEqual({ messageId: id, channel: 'MAIL', state: 'sent', reason: undefined });
    const mail = await relay.mails.untilCount(1);
    expect(mail).toMatchObject({ from: 'no-reply@example.test', to: ['jane.doe@example.test'] });
    expect(mail.parsed.from?.text).toBe('"Example ID" <no-reply@example.test>');
    expect(mail.parsed.subject).toBe('Neues Passwort für RCDEVSDOCS festlegen');
    expect(mail.parsed.messageId).toBe(`<${id}@example.test>`);
    expect(mail.parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.parsed.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.parsed.headers.get('content-language')).toBe('de');
    expect(mail.parsed.text).toContain(LINK);
    expect(mail.parsed.html).toContain(`href="${LINK}"`);
    expect(await delivery.row(id)).toMatchObject({
      state: 'sent',
      attempts: 1,
      content: null,
      sender: 'system',
      providerId: `<${id}@example.test>`,
      sentAt: delivery.clock.now(),
    });
  });

  it.each([
    ['recipient', 'the mail relay refused the recipient (550)'],
    ['data', 'the mail relay refused the message (550)'],
  ] as const)('takes a 5xx at %s as the end, and keeps the reason without the relay’s words', async (step, reason) => {
    await useRelay();
    relay.refuse(550, step, 'no such person jane.doe@example.test');
    const { id, outcome } = await send();
    expect(outcome).toMatchObject({ state: 'failed', reason });
    expect(await delivery.row(id)).toMatchObject({ state: 'failed', reasonCategory: 'refused', reason, content: null });
    delivery.clock.advance(3_600);
    await delivery.delivery.attemptDue();
    expect((await delivery.row(id)).attempts).toBe(1);
  });

  it('tries again after a 4xx, not before its time, and succeeds', async () => {
    await useRelay();
    relay.refuse(451);
    const { id, outcome } = await send();
    expect(outcome).toMatchObject({ state: 'queued', reason: 'the mail relay refused the recipient (451)' });
    relay.accept();
    await delivery.delivery.attempt(id);
    expect(relay.mails.all).toHaveLength(0);
    delivery.clock.advance(60);
    await delivery.delivery.attempt(id);
    expect(relay.mails.all).toHaveLength(1);
    expect(await delivery.row(id)).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  });

  it('answers in time when the relay stalls, and the attempt goes on in the background', async () => {
    await useRelay();
    await delivery.apply(configuration({ relay: `url: "${relay.url}"`, settings: 'delivery_first_try_seconds: 1' }));
    relay.stall();
    const { id, outcome } = await send();
    expect(outcome).toMatchObject({ state: 'queued', reason: 'the attempt takes longer' });
    expect(await delivery.row(id)).toMatchObject({ state: 'sending', attempts: 1 });
    await relay.stop();
    expect(await delivery.delivery.attempt(id)).toMatchObject({ state: 'queued', reasonCategory: 'unreachable' });
  });

  it('tries again when the relay hangs up before it has answered, under the same Message-ID', async () => {
    await useRelay();
    relay.drop('data');
    const { id, outcome } = await send();
    expect(outcome?.state).toBe('queued');
    relay.accept();
    delivery.clock.advance(60);
    await delivery.delivery.attempt(id);
    expect((await relay.mails.untilCount(1)).parsed.messageId).toBe(`<${id}@example.test>`);
  });

  it('tries again when nobody listens', async () => {
    await useRelay();
    await relay.stop();
    const { outcome } = await send();
    expect(outcome).toMatchObject({ state: 'queued', reason: 'the mail relay cannot be reached (ECONNREFUSED)' });
  });

  it('gives up at once when no account is declared', async () => {
    await delivery.apply(configuration({}));
    const { outcome } = await send();
    expect(outcome).toMatchObject({ state: 'failed', reason: 'no mail account with a relay is declared' });
  });

  it.each(['jane', 'jane@example.test, eve@example.test', 'jane@example.test\r\nRCPT TO:<eve@example.test>', '<>', ''])(
    'attack 62: sends nothing to what is not one address: %j',
    async (to) => {
      await useRelay();
      const { outcome } = await send({ to });
      expect(outcome).toMatchObject({
        state: 'failed',
        reason: 'the mail address in the directory is not one address',
      });
      expect(relay.connections).toBe(0);
    },
  );

  it('attack 62: line ends, encoded words and markup in names and comments stay text', async () => {
    await useRelay();
    const evil = 'Eve\r\nBcc: eve@example.test\r\n\r\n=?utf-8?q?=0ABcc:_eve?= <script>alert(1)</script>';
    const template = '{ subject: "For %FULLNAME% %COMMENTS%", text: "%FULLNAME% %COMMENTS%\\n\\n%LINK%" }';
    await delivery.apply(
      configuration({
        relay: `url: "${relay.url}"`,
        settings: `mail_templates: { password-reset-link: { en: ${template} } }`,
      }),
    );
    await send({ variables: { FULLNAME: evil, COMMENTS: evil, USERNAME: evil } });
    const { parsed, source, to } = await relay.mails.untilCount(1);
    expect(to).toEqual(['jane.doe@example.test']);
    expect(parsed.headers.has('bcc')).toBe(false);
    expect(source.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
    expect(parsed.subject).toContain('= ?utf-8?q?=0ABcc:_eve?=');
    expect(parsed.html).not.toContain('<script>');
    expect(parsed.html).toContain('&lt;script&gt;');
  });

  describe('with TLS', () => {
    let folder: string;
    let ca: TestCa;

    beforeEach(async () => {
      folder = temporaryFolder('delivery');
      ca = await TestCa.create(folder);
    });

    afterEach(() => removeTemporaryFolder(folder));

    const names = { addresses: ['127.0.0.1'], names: ['localhost'] };

    it('sends over STARTTLS with a login when the authority is trusted', async () => {
      const certificate = await ca.issue('relay', names);
      relay = await TestSmtpServer.start({ certificate, login: { user: 'latch key', password: 'p@ss:word/1' } });
      const url = `smtp://latch%20key:p%40ss%3Aword%2F1@127.0.0.1:${relay.port}`;
      await delivery.apply(configuration({ relay: `url: "${url}", requireTls: true, caFile: "${ca.caFile}"` }));
      const { outcome } = await send();
      expect(outcome?.state).toBe('sent');
      expect(await relay.mails.untilCount(1)).toMatchObject({ secure: true, user: 'latch key' });
    });

    it('sends over implicit TLS', async () => {
      const certificate = await ca.issue('relay', names);
      await useRelay({ certificate, implicitTls: true }, `, caFile: "${ca.caFile}"`);
      expect((await send()).outcome?.state).toBe('sent');
      expect((await relay.mails.untilCount(1)).secure).toBe(true);
    });

    it('attack 51: sends nothing to a relay whose certificate is not trusted', async () => {
      const certificate = await ca.issue('relay', names, 'wrong-name');
      await useRelay({ certificate }, `, requireTls: true, caFile: "${ca.caFile}"`);
      const { id, outcome } = await send();
      expect(outcome).toMatchObject({ state: 'queued' });
      expect(await delivery.row(id)).toMatchObject({ reasonCategory: 'tls' });
      expect(relay.mails.all).toHaveLength(0);
    });

    it('sends nothing in clear when TLS is required and not offered', async () => {
      await useRelay({}, ', requireTls: true');
      const { id } = await send();
      expect(await delivery.row(id)).toMatchObject({ state: 'queued', reasonCategory: 'tls' });
      expect(relay.mails.all).toHaveLength(0);
    });

    it('comes back later when the relay does not accept our login', async () => {
      const certificate = await ca.issue('relay', names);
      relay = await TestSmtpServer.start({ certificate, login: { user: 'latchkey', password: 'right' } });
      const url = `smtp://latchkey:wrong@127.0.0.1:${relay.port}`;
      await delivery.apply(configuration({ relay: `url: "${url}", caFile: "${ca.caFile}"` }));
      const { id, outcome } = await send();
      expect(outcome).toMatchObject({ state: 'queued' });
      expect(await delivery.row(id)).toMatchObject({ reasonCategory: 'login' });
      expect(JSON.stringify(await delivery.row(id))).not.toContain('wrong');
    });
  });
});
