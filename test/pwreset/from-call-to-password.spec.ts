import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { People } from '../../src/core/directory/people.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { RequestLedger } from '../../src/core/requests/request-ledger.js';
import { Browserless } from '../support/browserless.js';
import { ManagerClient } from '../support/manager-client.js';
import { TestApp } from '../support/test-app.js';
import { eachDatabase } from '../support/test-database.js';

describe('from the call to the changed password', () => {
  eachDatabase((database) => {
    let app: TestApp;
    let manager: ManagerClient;

    beforeAll(async () => {
      app = await TestApp.start({ database: database() });
      manager = new ManagerClient(app.url);
    });
    afterAll(() => app.stop());

    it('the published call ends with a new password, a dead link and a notice', async () => {
      const link = await manager.sendReset({
        username: 'Jane Doe',
        domain: 'RCDEVSDOCS',
        method: 'MAILSMS',
        expires: 72,
        comments: 'Ticket 812',
      });
      expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webapps\/pwreset\/\?req=[A-Za-z0-9_-]{43}$/);
      const sent = await app.mailbox();
      expect(sent.map(({ channel, to }) => ({ channel, to }))).toEqual(
        expect.arrayContaining([
          { channel: 'MAIL', to: 'jane.doe@example.test' },
          { channel: 'SMS', to: '+35226000001' },
        ]),
      );
      expect(sent.every(({ text }) => text.includes(link) && text.includes('Ticket 812'))).toBe(true);

      const person = new Browserless(app.url);
      const landing = await person.get(link);
      expect(landing.status).toBe(200);
      const form = await person.submit(landing, {});
      const done = await person.submit(form, { password: 'Lake under 7 stars', repeated: 'Lake under 7 stars' });
      expect(done.status).toBe(200);

      expect(await opens('correct horse 1')).toBe(false);
      expect(await opens('Lake under 7 stars')).toBe(true);
      expect((await person.get(link)).status).toBe(404);
      expect(await app.get(RequestLedger).outstanding(await accountOf('Jane Doe'))).toEqual([]);
      await app.deliverDue();
      expect((await app.mailbox())[0]).toMatchObject({
        channel: 'MAIL',
        to: 'jane.doe@example.test',
        subject: 'Your password for RCDEVSDOCS was changed',
      });
    });

    /** Whether the directory takes this password for Jane Doe. */
    const opens = async (password: string): Promise<boolean> => {
      const domain = (await app.get(Configuration).snapshot()).domain('RCDEVSDOCS');
      if (!domain) throw new Error('no domain');
      const { directory, person } = await app.get(People).byLogin(domain, 'Jane Doe');
      return (await directory.verifyPassword(person, plainSecret(password))).ok;
    };

    const accountOf = async (login: string): Promise<string> => {
      const [row] = await database().database.query<{ id: string }>('SELECT id FROM accounts WHERE login = $1', [
        login,
      ]);
      return row?.id ?? '';
    };
  });
});
