import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openLdap } from '../pwreset/directories/directory-world.js';
import { describeWith } from '../support/describe-with.js';
import { DESK_ADMINISTRATOR, DESK_DOMAIN, HelpDesk, save } from '../support/help-desk.js';
import { LatchkeyProcess } from '../support/latchkey-process.js';
import { privateDatabase, type PrivateDatabase } from '../support/private-database.js';
import { sharedService } from '../support/shared-service.js';
import { type Slapd, startSlapd } from '../support/slapd.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';

const OLD_PASSWORD = 'Old-harbour-21';
const NEW_PASSWORD = 'Lake-under-7-stars';
/** The job that makes up for it runs every half minute. */
const PATIENCE = 90_000;
const TIMEOUT = 300_000;

describeWith(['postgresql', 'openldap'], 'a process killed between the answer of OpenLDAP and our commit', () => {
  let database: PrivateDatabase;
  let relay: TestSmtpServer;
  let slapd: Slapd;
  let client: Client;
  let folder: string;
  const running: LatchkeyProcess[] = [];

  beforeAll(() => sharedService('build'), 600_000);
  beforeEach(async () => {
    [database, relay, slapd] = await Promise.all([
      privateDatabase('tables'),
      TestSmtpServer.start(),
      // Nobody may change a password twice within an hour.
      startSlapd({ serviceAccess: 'write', minAge: 3_600 }),
    ]);
    folder = temporaryFolder('killed');
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop('SIGKILL')));
    await client.end();
    await Promise.all([relay.stop(), slapd.stop()]);
    await database.drop();
    removeTemporaryFolder(folder);
  });

  it(
    'attack 54: the others complete it once: audit, notice, links, and nobody is asked for a password too young',
    async () => {
      const person = await slapd.addPerson({
        uid: 'jane',
        password: OLD_PASSWORD,
        attributes: { mail: 'jane@corp.test' },
      });
      await slapd.replace(person, { pwdChangedTime: '20260101000000Z' });
      // No notice can be written as long as the test holds the lock: the commit waits with the directory's answer in hand.
      await client.query(`
        CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$;
        CREATE TRIGGER hold BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION hold();
        SELECT pg_advisory_lock(4711)`);
      const doomed = await start();
      const desk = new HelpDesk(doomed.url);
      const opened = await desk.open(await desk.link('CORP', 'jane'));
      const submission = save(opened, NEW_PASSWORD).catch(() => 'cut off');
      await expect.poll(waiting, { timeout: PATIENCE }).toBeGreaterThan(0);
      await doomed.stop('SIGKILL');
      expect(await submission).toBe('cut off');
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                          WHERE datname = current_database() AND pid <> pg_backend_pid()`);
      await client.query('DROP TRIGGER hold ON messages; SELECT pg_advisory_unlock(4711)');
      expect(await requests()).toMatchObject([{ state: 'opened', claimed: true }]);
      // As if the minute had passed after which a submission counts as interrupted.
      await client.query(`UPDATE one_time_requests SET claimed_at = claimed_at - interval '2 minutes'`);

      const heirs = await Promise.all([start(), start()]);
      const notice = await relay.mails.untilCount(1, PATIENCE);
      expect(notice.parsed.subject).toBe('Your password for CORP was changed');
      await expect.poll(requests, { timeout: PATIENCE }).toEqual([{ state: 'completed', claimed: false }]);
      expect(await events()).toEqual(['created', 'opened', 'completed']);
      for (const { url } of heirs) {
        const page = await opened.browser.get(`${url}/webapps/pwreset/password`);
        expect(page.status).toBe(404);
      }
      expect(relay.mails.all).toHaveLength(1);
      const [account] = (
        await client.query<{ g: number }>(`SELECT credential_generation AS g FROM accounts
        WHERE login = 'jane'`)
      ).rows;
      expect(account).toEqual({ g: 1 });
    },
    TIMEOUT,
  );

  async function start(): Promise<LatchkeyProcess> {
    const config = join(folder, 'latchkey.yaml');
    writeFileSync(config, fileOf(slapd, relay));
    const server = await LatchkeyProcess.start({
      DATABASE_URL: database.url,
      LATCHKEY_CONFIG: config,
      DIRECTORY_PASSWORD: slapd.bindPassword,
    });
    running.push(server);
    return server;
  }

  const waiting = async (): Promise<number | null> =>
    (await client.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount;

  const requests = async (): Promise<unknown[]> =>
    (await client.query<object>('SELECT state, claimed_at IS NOT NULL AS claimed FROM one_time_requests')).rows;

  const events = async (): Promise<string[]> =>
    (
      await client.query<{ event: string }>(`SELECT event FROM audit_events WHERE event LIKE 'password-reset.%'
        ORDER BY id`)
    ).rows.map(({ event }) => event.replace('password-reset.', ''));
});

function fileOf(slapd: Slapd, relay: TestSmtpServer): string {
  const mail = {
    profiles: [{ name: 'relay', url: relay.url }],
    accounts: [{ name: 'system', profile: 'relay', address: 'no-reply@corp.test', isSystem: true }],
  };
  // JSON is YAML too.
  return `
publicUrl: https://id.corp.test
mail: ${JSON.stringify(mail)}
directories: ${JSON.stringify([{ name: 'corp', ...openLdap(slapd) }])}
domains:${DESK_DOMAIN}
  - { name: CORP, directory: corp, settings: { pwd_policy: directory } }
administrators:${DESK_ADMINISTRATOR}
`;
}
