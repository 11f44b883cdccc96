import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SeenPage } from '../support/browserless.js';
import { describeWith } from '../support/describe-with.js';
import { DESK, HelpDesk, save } from '../support/help-desk.js';
import { LatchkeyProcess } from '../support/latchkey-process.js';
import { ManagerClient } from '../support/manager-client.js';
import { privateDatabase, type PrivateDatabase } from '../support/private-database.js';
import { sharedService } from '../support/shared-service.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { acme, NEW_PASSWORD } from './acme.js';

const CHIEF = `${DESK.domain}\\${DESK.login}`;
/** For arrivals that a queue in the background brings about. */
const PATIENCE = 60_000;
/** Starting several servers takes its time on a busy machine. */
const TIMEOUT = 240_000;

describeWith('postgresql', 'processes on one database', () => {
  let database: PrivateDatabase;
  let relay: TestSmtpServer;
  let client: Client;
  let folder: string;
  const running: LatchkeyProcess[] = [];

  beforeAll(() => sharedService('build'), 600_000);
  beforeEach(async () => {
    [database, relay] = [await privateDatabase('tables'), await TestSmtpServer.start()];
    folder = temporaryFolder('processes');
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop('SIGKILL')));
    await client.end();
    await relay.stop();
    await database.drop();
    removeTemporaryFolder(folder);
  });

  const start = async (settings: Readonly<Record<string, unknown>> = {}): Promise<LatchkeyProcess> => {
    const config = join(folder, 'latchkey.yaml');
    writeFileSync(config, acme({ settings, relay: relay.url, publicUrl: 'https://id.acme.test' }));
    const server = await LatchkeyProcess.start({ DATABASE_URL: database.url, LATCHKEY_CONFIG: config });
    running.push(server);
    return server;
  };
  const linksIn = (text = ''): string[] => text.match(/https:\S+req=[\w-]{43}/g) ?? [];
  /** A page as it would look had the other process shown it. */
  const on = ({ url: origin }: LatchkeyProcess, page: SeenPage): SeenPage => {
    const { pathname, search } = new URL(page.url);
    return { ...page, url: new URL(pathname + search, origin).href };
  };

  it(
    'a link made by one is opened by another, and the password saved by the first',
    async () => {
      const [one, other] = [await start(), await start()];
      const link = await new HelpDesk(one.url).link('ACME', 'jane');
      expect(link).toMatch(/^https:\/\/id\.acme\.test\/webapps\/pwreset\//);
      const open = await new HelpDesk(other.url).open(link);
      const reloaded = await open.browser.get(`${one.url}/webapps/pwreset/password`);
      expect(reloaded.html).toContain('Choose a new password');
      const refused = await save({ ...open, form: on(one, open.form) }, 'short');
      expect(refused.status).toBe(422);
      const done = await save({ ...open, form: on(other, refused) }, NEW_PASSWORD);
      expect(done.html).toContain('Your new password is set');
      for (const server of [one, other]) {
        expect((await new HelpDesk(server.url).open(link)).form.status).toBe(404);
        expect((await open.browser.get(`${server.url}/webapps/pwreset/password`)).status).toBe(404);
      }
      const notice = await relay.mails.untilCount(1, PATIENCE);
      expect(notice.parsed.subject).toBe('Your password for ACME was changed');
    },
    TIMEOUT,
  );

  it(
    'attack 27: what is counted by one counts for all: bans, links a person is sent, landing pages',
    async () => {
      const desks = [await start(), await start()].map(({ url }) => new HelpDesk(url));
      const links = [];
      for (let send = 0; send < 7; send++) {
        links.push((await desks[send % 2]?.call({ username: 'jane', method: 'NONE' }))?.result !== false);
      }
      expect(links).toEqual([true, true, true, true, true, false, false]);
      const landings = await Promise.all(
        Array.from({ length: 40 }, async (_, look) => desks[look % 2]?.browser().get('/webapps/pwreset/')),
      );
      expect(landings.filter((page) => page?.status === 404)).toHaveLength(30);
      expect(landings.filter((page) => page?.status === 429)).toHaveLength(10);
      const logins = [];
      for (let guess = 0; guess < 7; guess++) {
        const manager = new ManagerClient(desks[guess % 2]?.url ?? '', CHIEF, `guess ${guess}`);
        logins.push((await manager.post('{}')).status);
      }
      expect(logins).toEqual([200, 200, 200, 200, 200, 429, 429]);
      for (const { chief } of desks) expect((await chief.post('{}')).status).toBe(429);
    },
    TIMEOUT,
  );

  it(
    'a process killed between commit and send: another one sends, one mail with one link that works',
    async () => {
      // Nobody gets hold of a message to send it as long as the test holds the lock.
      await client.query(`
      CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$;
      CREATE TRIGGER hold BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION hold();
      SELECT pg_advisory_lock(4711)`);
      const doomed = await start();
      const call = new HelpDesk(doomed.url).call({ username: 'jane', method: 'MAIL' }).catch(() => 'cut off');
      await committed();
      await doomed.stop('SIGKILL');
      expect(await call).toBe('cut off');
      expect(relay.connections).toBe(0);
      // What the killed process had asked for goes with it; PostgreSQL itself would notice at the next answer.
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()`);
      await client.query('DROP TRIGGER hold ON messages; SELECT pg_advisory_unlock(4711)');

      const heir = await start();
      const mail = await relay.mails.untilCount(1, PATIENCE);
      const [link = '', ...others] = new Set([...linksIn(mail.parsed.text), ...linksIn(String(mail.parsed.html))]);
      expect(others).toEqual([]);
      expect((await new HelpDesk(heir.url).reset(link, NEW_PASSWORD)).status).toBe(200);
      await relay.mails.untilCount(2, PATIENCE);
      expect(relay.mails.all.map(({ parsed }) => parsed.subject)).toEqual([
        'Set a new password for ACME',
        'Your password for ACME was changed',
      ]);
      expect((await client.query('SELECT id FROM one_time_requests')).rows).toHaveLength(1);
    },
    TIMEOUT,
  );

  it(
    'a process killed while it sends: another one sends it again under the same name, and no third time',
    async () => {
      relay.stall();
      const doomed = await start({ delivery_first_try_seconds: 1 });
      const link = await new HelpDesk(doomed.url).chief.sendReset({ username: 'jane', method: 'MAIL' });
      expect(relay.connections).toBeGreaterThan(0);
      await doomed.stop('SIGKILL');
      expect(relay.mails.all).toEqual([]);
      relay.accept();
      // As if the minutes had passed after which a killed sender's message is taken over.
      const { rows } = await client.query<{ state: string }>(
        `UPDATE messages SET next_attempt_at = now() RETURNING state`,
      );
      expect(rows).toEqual([{ state: 'sending' }]);
      await client.query(`UPDATE pgboss.job SET state = 'created', start_after = now() WHERE state = 'active'`);
      await Promise.all([start(), start()]);
      const mail = await relay.mails.untilCount(1, PATIENCE);
      expect(linksIn(mail.parsed.text)).toEqual([link]);
      await expect.poll(() => states(), { timeout: PATIENCE }).toEqual([{ state: 'sent', attempts: 2 }]);
      expect(relay.mails.all).toHaveLength(1);
    },
    TIMEOUT,
  );

  const states = async (): Promise<unknown[]> =>
    (await client.query<object>('SELECT state, attempts FROM messages')).rows;

  /** Waits until a message is committed and somebody waits to get hold of it. */
  async function committed(): Promise<void> {
    const watch = new Client({ connectionString: database.url });
    await watch.connect();
    const waiting = async (): Promise<number | null> =>
      (
        await watch.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                          AND EXISTS (SELECT 1 FROM messages WHERE state = 'queued')`)
      ).rowCount;
    await expect.poll(waiting, { timeout: PATIENCE }).toBeGreaterThan(0);
    await watch.end();
  }
});
