import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MailboxItem } from '../../src/delivery/mailbox/mailbox.controller.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { configuration, type DeliveryHarness, LINK, startDelivery } from './delivery-harness.js';

describe('the mailbox of the embedded mode', () => {
  let database: TestDatabase;
  let delivery: DeliveryHarness;
  let application: NestFastifyApplication;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
  });

  afterAll(() => database.stop());

  beforeEach(async () => {
    await database.clear();
    delivery = await startDelivery(database, { mailbox: true });
    await delivery.apply(configuration({}));
    application = delivery.module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await application.init();
  });

  afterEach(() => application.close());

  const sendBoth = async () => {
    const comments = { COMMENTS: 'Ticket <b>812</b>' };
    const ids = await delivery.enqueue({ variables: comments }, { channel: 'SMS', variables: comments });
    const outcomes = await delivery.outbox.deliverNow(ids);
    expect(outcomes.map(({ state }) => state)).toEqual(['sent', 'sent']);
  };

  const list = async () => {
    const answer = await application.inject('/dev/mailbox.json');
    expect(answer.headers['cache-control']).toBe('no-store');
    return answer.json<MailboxItem[]>();
  };

  it('lists mail and SMS for programs, and is emptied by DELETE', async () => {
    await sendBoth();
    const items = await list();
    expect(items.toSorted((a, b) => a.channel.localeCompare(b.channel))).toMatchObject([
      { channel: 'MAIL', to: 'jane.doe@example.test', subject: 'Set a new password for RCDEVSDOCS' },
      { channel: 'SMS', to: '+35226000001', subject: null, html: null, sentAt: '2026-08-03T09:00:00.000Z' },
    ]);
    expect(Object.keys(items[0] ?? {})).toEqual(['id', 'channel', 'to', 'subject', 'text', 'html', 'sentAt']);
    for (const { text } of items) expect(text).toContain(LINK);
    const cleared = await application.inject({ method: 'DELETE', url: '/dev/mailbox.json' });
    expect(cleared.statusCode).toBe(204);
    expect(await list()).toEqual([]);
  });

  it('lists the newest first', async () => {
    for (const name of ['first', 'second', 'third']) {
      await delivery.outbox.deliverNow(await delivery.enqueue({ variables: { FULLNAME: name } }));
    }
    expect((await list()).map(({ text }) => text.split('\n')[0])).toEqual([
      'Hello third,',
      'Hello second,',
      'Hello first,',
    ]);
  });

  it('shows people the messages in their language, with links to follow', async () => {
    await sendBoth();
    const page = await application.inject({ url: '/dev/mailbox', headers: { 'accept-language': 'de' } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<h1>Postfach</h1>');
    expect(page.body).toContain(`href="${LINK}"`);
    expect(page.headers['content-security-policy']).toContain("frame-src 'self'");
    expect(page.body).not.toContain('<b>812</b>');
  });

  it('shows a mail in a frame that runs no script and keeps to itself', async () => {
    await sendBoth();
    const mail = (await list()).find(({ channel }) => channel === 'MAIL');
    const framed = await application.inject(`/dev/mailbox/messages/${mail?.id}`);
    expect(framed.statusCode).toBe(200);
    expect(framed.body).toContain('Ticket &lt;b&gt;812&lt;/b&gt;');
    const policy = String(framed.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox allow-popups');
    expect(policy).not.toContain('script');
    for (const wrong of ['999', 'abc', '%27', '99999999999999999999']) {
      expect((await application.inject(`/dev/mailbox/messages/${wrong}`)).statusCode).toBe(404);
    }
  });

  it('is emptied by its own button, but not from another site', async () => {
    await sendBoth();
    const clear = (site: string) =>
      application.inject({ method: 'POST', url: '/dev/mailbox/clear', headers: { 'sec-fetch-site': site } });
    expect((await clear('cross-site')).statusCode).toBe(403);
    expect(await list()).toHaveLength(2);
    const answer = await clear('same-origin');
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/dev/mailbox']);
    expect(await list()).toEqual([]);
  });

  it.each(['/dev/mailbox', '/dev/mailbox.json', '/dev/mailbox.css', '/dev/mailbox/messages/1'])(
    'is not shown to a page of another site whose name leads here (DNS rebinding): %s',
    async (url) => {
      await sendBoth();
      const answer = await application.inject({ url, headers: { host: 'evil.test:8080' } });
      expect(answer.statusCode).toBe(403);
      expect(answer.body).not.toContain(LINK);
      for (const host of ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080']) {
        expect((await application.inject({ url, headers: { host } })).statusCode).not.toBe(403);
      }
    },
  );

  it('is emptied for no page of another site whose name leads here', async () => {
    await sendBoth();
    const headers = { host: 'evil.test' };
    await application.inject({ method: 'DELETE', url: '/dev/mailbox.json', headers });
    await application.inject({ method: 'POST', url: '/dev/mailbox/clear', headers });
    expect(await list()).toHaveLength(2);
  });

  it('is left aside as soon as a relay is declared', async () => {
    const relay = await TestSmtpServer.start();
    await delivery.apply(configuration({ relay: `url: "${relay.url}"` }));
    await sendBoth();
    expect(relay.mails.all).toHaveLength(1);
    expect((await list()).map(({ channel }) => channel)).toEqual(['SMS']);
    await relay.stop();
  });

  it('keeps at most 500 messages', async () => {
    await database.dataSource.query(
      `INSERT INTO mailbox_messages (channel, recipient, text, sent_at)
       SELECT 'SMS', '+35226000001', 'old', now() FROM generate_series(1, 500)`,
    );
    await sendBoth();
    const items = await list();
    expect(items).toHaveLength(500);
    expect(items.slice(0, 2).every(({ text }) => text.includes(LINK))).toBe(true);
  });
});

describe('without the embedded mode', () => {
  it('has no mailbox, and /metrics holds numbers only', async () => {
    const database = await createTestDatabase('embedded');
    const delivery = await startDelivery(database);
    const application = delivery.module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await application.init();
    for (const path of ['/dev/mailbox', '/dev/mailbox.json', '/dev/mailbox.css']) {
      expect((await application.inject(path)).statusCode).toBe(404);
    }
    const metrics = await application.inject('/metrics');
    expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=/);
    expect(metrics.body).toContain('process_cpu_seconds_total');
    await application.close();
    await database.stop();
  });
});
