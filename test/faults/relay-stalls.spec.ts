import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf, deliverAll, HelpDesk } from '../support/help-desk.js';
import { TestSmsGateway } from '../support/sms-gateway.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { TestApp } from '../support/test-app.js';
import { eachDatabase } from '../support/test-database.js';
import { acme, NEW_PASSWORD } from './acme.js';

const HOUR = 3_600;

describe('a relay or gateway that stalls', () => {
  eachDatabase((database) => {
    let relay: TestSmtpServer;
    let gateway: TestSmsGateway;
    let app: TestApp;
    let desk: HelpDesk;

    beforeEach(async () => {
      [relay, gateway] = [await TestSmtpServer.start(), await TestSmsGateway.start()];
    });
    afterEach(async () => {
      gateway.answerLate();
      await Promise.all([relay.stop(), gateway.stop()]);
    });

    const send = async (method: string): Promise<unknown> =>
      (await desk.call({ username: 'jane', method, comments: 'Ticket 812' })).result;
    const sent = async (): Promise<unknown> => (await auditOf(database(), 'password-reset.sent')).at(-1)?.detail;

    it('is not waited for beyond the first try; the message arrives later, once, with a link that works', async () => {
      const settings = { delivery_first_try_seconds: 1, delivery_retry_first_seconds: 1 };
      const configuration = acme({ settings, relay: relay.url, gateway: gateway.url });
      app = await TestApp.start({ database: database(), delivery: 'relays', configuration });
      desk = new HelpDesk(app.url);

      relay.stall();
      gateway.stall();
      const link = await send('MAILSMS');
      expect(link).toMatch(/\/webapps\/pwreset\/\?req=[\w-]{43}$/);
      expect(await sent()).toEqual({
        method: 'MAILSMS',
        MAIL: 'queued: the attempt takes longer',
        SMS: 'queued: the attempt takes longer',
      });
      expect([relay.mails.all, gateway.accepted.all]).toEqual([[], []]);

      // The relay breaks off what it had stalled, and takes mails again; the gateway answers after all.
      relay.accept();
      relay.hangUp();
      gateway.accept();
      gateway.answerLate();
      await gateway.accepted.untilCount(1);
      for (let look = 0; look < 50 && relay.mails.all.length === 0; look++) {
        app.clock.advance(HOUR / 60);
        await deliverAll(app, database());
      }
      const mail = await relay.mails.untilCount(1);
      expect(mail.to).toEqual(['jane@acme.test']);
      expect(mail.parsed.text).toContain(link);
      expect(mail.parsed.text).toContain('Ticket 812');
      await deliverAll(app, database());
      expect(relay.mails.all).toHaveLength(1);
      expect(gateway.requests.all).toHaveLength(1);
      expect(gateway.accepted.last?.text).toContain(link);
      expect((await desk.reset(String(link), NEW_PASSWORD)).status).toBe(200);
      await deliverAll(app, database());
      expect((await relay.mails.untilCount(2)).parsed.subject).toBe('Your password for ACME was changed');
      await app.stop();
    }, 60_000);
  });
});
