import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { hotp } from '../../src/tokens/oath/hotp.js';
import { oathKey } from '../../src/tokens/oath/oath-key.js';
import { seedFromText } from '../../src/tokens/oath/seed.js';
import { describeWith } from '../support/describe-with.js';
import { HelpDesk } from '../support/help-desk.js';
import { LatchkeyProcess, TEST_MASTER_KEYS } from '../support/latchkey-process.js';
import { privateDatabase, type PrivateDatabase } from '../support/private-database.js';
import { sharedService } from '../support/shared-service.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { acme, OLD_PASSWORD } from './acme.js';

const NEW_KEY = `k2:${createHash('sha256').update('the next key').digest('base64')}`;
/** The seed of RFC 4226, appendix D. */
const SEED = Buffer.from('12345678901234567890').toString('base64');
const STEP = '/webapps/pwreset/second-factor';
const PEOPLE = Array.from({ length: 12 }, (_, index) => `person ${index}`);
const LOCK = 4_711;
const PATIENCE = 60_000;
const TIMEOUT = 300_000;

describeWith('postgresql', 'a change of the master key while servers serve', () => {
  let database: PrivateDatabase;
  let relay: TestSmtpServer;
  let client: Client;
  let folder: string;
  let addresses = 0;
  const running: LatchkeyProcess[] = [];

  beforeAll(() => sharedService('build'), 600_000);
  beforeEach(async () => {
    [database, relay] = [await privateDatabase('tables'), await TestSmtpServer.start()];
    folder = temporaryFolder('keys-rotated');
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await Promise.all(running.splice(0).map((server) => server.stop('SIGKILL')));
    await relay.stop();
    await database.drop();
    removeTemporaryFolder(folder);
  });

  async function start(ring: string): Promise<LatchkeyProcess> {
    const config = join(folder, 'latchkey.yaml');
    const people = PEOPLE.map(
      (login) =>
        `\n      - { login: ${login}, name: ${login}, email: ${login.replace(' ', '')}@acme.test, password: ${OLD_PASSWORD} }`,
    );
    const text = acme({ relay: relay.url, publicUrl: 'https://id.acme.test' });
    writeFileSync(config, text.replace('\n      - { login: john', `${people.join('')}\n      - { login: john`));
    const server = await LatchkeyProcess.start({
      DATABASE_URL: database.url,
      LATCHKEY_CONFIG: config,
      LATCHKEY_MASTER_KEYS: ring,
      LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
    });
    running.push(server);
    return server;
  }

  /** `latchkey keys …` as a process of its own. */
  async function keys(args: readonly string[], ring: string): Promise<string> {
    const { main } = await sharedService('build');
    const { stdout } = await promisify(execFile)(process.execPath, [join(dirname(main), 'cli.js'), 'keys', ...args], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: database.url,
        LATCHKEY_MASTER_KEYS: ring,
        LATCHKEY_LOG_LEVEL: 'warn',
      },
    });
    return stdout;
  }

  const link = (server: LatchkeyProcess, username: string): Promise<string> =>
    new HelpDesk(server.url).chief.sendReset({ domain: 'ACME', username, method: 'NONE', mfa: true });

  /** Follows a link on one server and shows the code of a counter on another; where that leads. */
  async function follow(
    url: string,
    counter: number,
    first: LatchkeyProcess,
    second: LatchkeyProcess,
  ): Promise<string> {
    const desk = new HelpDesk(first.url);
    const browser = desk.browser({ 'x-forwarded-for': `10.0.0.${++addresses}` });
    const { form } = await desk.open(url, browser);
    const csrf = /name="csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? '';
    const code = hotp(oathKey(seedFromText(plainSecret(SEED)), 'SHA1'), counter, 6);
    const end = await browser.post(`${second.url}${STEP}/code`, { csrf, factor: 'OTP', code });
    return `${end.status} ${new URL(end.url).pathname}`;
  }

  /** Tokens of the stock: the first step of a rotation meets only these, and stops at the first of them until it may go on. */
  async function stock(): Promise<void> {
    await client.query(
      `INSERT INTO tokens (id, serial, kind, product, secret_sealed, state, created_at)
       SELECT CASE WHEN n < 600 THEN ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid ELSE gen_random_uuid() END,
              'STOCK-' || n, kind, product, secret_sealed, state, created_at
       FROM (SELECT * FROM tokens LIMIT 1) AS one, generate_series(0, 3999) AS n`,
    );
    await client.query(`
      CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(${LOCK}); RETURN NEW; END $$;
      CREATE TRIGGER hold BEFORE UPDATE OF secret_sealed ON tokens FOR EACH ROW WHEN (OLD.serial = 'STOCK-0')
        EXECUTE FUNCTION hold();
      SELECT pg_advisory_lock(${LOCK})`);
  }

  const waiting = async (): Promise<number | null> =>
    (await client.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount;

  it(
    'fails no code and no link, and leaves nothing under the old key',
    async () => {
      const ring = `${NEW_KEY},${TEST_MASTER_KEYS}`;
      const old = await start(TEST_MASTER_KEYS);
      const { chief } = new HelpDesk(old.url);
      for (const login of PEOPLE) {
        const register = { dn: `cn=${login},dc=ACME`, key: SEED, state: '0', id: 1 };
        expect(await chief.call('OpenOTP.HOTP_Register', register)).toMatchObject({ result: true });
      }
      await stock();
      const made = await Promise.all(PEOPLE.map((login) => link(old, login)));
      await old.stop();

      const [one, other] = [await start(ring), await start(ring)];
      const rotation = keys(['rotate'], ring);
      await expect.poll(waiting, { timeout: PATIENCE }).toBe(1);
      // Held in its first step: what people have lies under the old key still.
      const during = await Promise.all(
        made.map((url, index) => follow(url, 0, ...(index % 2 ? ([one, other] as const) : ([other, one] as const)))),
      );
      const fresh = await Promise.all(PEOPLE.map((login, index) => link(index % 2 ? one : other, login)));
      await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
      // From here on it runs on beside them.
      const beside = await Promise.all(
        fresh.map((url, index) => follow(url, 1, ...(index % 2 ? ([one, other] as const) : ([other, one] as const)))),
      );
      const passed = PEOPLE.map(() => '200 /webapps/pwreset/password');
      expect([during, beside]).toEqual([passed, passed]);

      expect(await rotation).toMatch(/^\d{4} rows sealed with key k2\n/);
      const { rows } = await client.query(
        `SELECT split_part(secret_sealed, '.', 1) AS key, count(*)::int FROM tokens GROUP BY 1`,
      );
      expect(rows).toEqual([{ key: 'k2', count: 4_000 + PEOPLE.length }]);
      const { uses } = JSON.parse(await keys(['status', '--json'], ring)) as {
        uses: { kind: string; keyId: string }[];
      };
      expect(uses.filter(({ kind, keyId }) => kind === 'sealed' && keyId !== 'k2')).toEqual([]);

      const last = await Promise.all(PEOPLE.slice(0, 3).map((login) => link(one, login)));
      const alone = await start(NEW_KEY);
      const after = await Promise.all(last.map((url) => follow(url, 2, alone, alone)));
      expect(after).toEqual(passed.slice(0, 3));
      for (const server of running) expect(server.output).not.toMatch(/"level":(50|60)/);
    },
    TIMEOUT,
  );
});
