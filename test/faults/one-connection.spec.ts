import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf, deliverAll, HelpDesk, messagesTo, save } from '../support/help-desk.js';
import { TestApp } from '../support/test-app.js';
import { eachDatabase } from '../support/test-database.js';
import { RequestExpiry } from '../../src/core/requests/request-expiry.js';
import { acme, NEW_PASSWORD } from './acme.js';

describe('a pool of one connection', () => {
  eachDatabase(
    (database) => {
      let app: TestApp;
      let desk: HelpDesk;

      beforeAll(async () => {
        app = await TestApp.start({ database: database(), configuration: acme() });
        desk = new HelpDesk(app.url);
      });
      afterAll(() => app?.stop());

      it('attack 69: serves the whole job, refusals included, and never waits for itself', async () => {
        const params = { username: 'jane', method: 'MAILSMS', comments: 'Ticket 812' };
        const { result } = await desk.call(params);
        const link = String((await desk.call(params)).result);
        expect((await desk.open(String(result))).form.status).toBe(404);
        const open = await desk.open(link);
        const refused = await save(open, 'short');
        expect(refused.status).toBe(422);
        expect((await save({ ...open, form: refused }, NEW_PASSWORD)).status).toBe(200);
        const messages = await messagesTo(app, database(), 'jane@acme.test');
        expect(messages.map(({ subject }) => subject)).toEqual([
          'Your password for ACME was changed',
          'Set a new password for ACME',
          'Set a new password for ACME',
        ]);
        for (const path of ['/readyz', '/metrics', '/', '/dev/mailbox.json']) {
          expect((await fetch(`${app.url}${path}`)).status).toBe(200);
        }
        app.clock.advance(48 * 3_600);
        await app.get(RequestExpiry).run();
        await deliverAll(app, database());
      });

      it('attack 69: serves many at once', async () => {
        const links = await Promise.all(
          ['jane', 'john'].map((username) => desk.chief.sendReset({ username, method: 'MAILSMS' })),
        );
        const looks = await Promise.all(
          Array.from({ length: 20 }, (_, look) => desk.browser().get(links[look % 2] ?? '')),
        );
        expect(looks.map(({ status }) => status)).toEqual(looks.map(() => 200));
        const opens = await Promise.all(links.map((link) => desk.open(link)));
        const pages = await Promise.all(opens.map((open) => save(open, `${NEW_PASSWORD}!`)));
        expect(pages.map(({ status }) => status)).toEqual([200, 200]);
        expect(await auditOf(database(), 'password-reset.completed')).toHaveLength(3);
      });
    },
    { poolSize: 1 },
  );
});
