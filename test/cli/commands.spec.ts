import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.js';
import { describeWith } from '../support/describe-with.js';
import { TestSmsGateway } from '../support/sms-gateway.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { emptyDatabase, latchkey } from './command-harness.js';

const folder = temporaryFolder('commands');
afterAll(() => removeTemporaryFolder(folder));

let files = 0;
function file(text: string): string {
  const path = join(folder, `${++files}.yaml`);
  writeFileSync(path, text);
  return path;
}

const SMALL = `publicUrl: https://id.example.test
defaultDomain: One
domains:
  - { name: One, users: [{ login: mara, name: Mara, password: correct horse 9 }] }
`;

describe('the command', () => {
  it('shows its help and ends well when asked for it', async () => {
    const { code, out } = await latchkey(['--help']);
    expect(code).toBe(0);
    for (const name of ['serve', 'migrate', 'apply', 'doctor', 'settings']) expect(out).toContain(name);
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['serv']],
    ['a missing argument', ['apply']],
    ['an argument too many', ['migrate', 'now']],
    ['an unknown option', ['apply', '--force', 'x.yaml']],
  ])('ends with 2 for %s', async (_, args) => {
    const { code, out, err } = await latchkey(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: latchkey');
  });

  it('names every unusable variable, never its value', async () => {
    const { code, err } = await latchkey(['migrate'], { DATABASE_URL: 'mysql://u:canary@h/d', PORT: 'canary' });
    expect(code).toBe(1);
    expect(err).toContain('DATABASE_URL: must be a URL');
    expect(err).toContain('LATCHKEY_MASTER_KEYS: required');
    expect(err).not.toContain('canary');
  });

  it('lists the settings', async () => {
    const { code, out } = await latchkey(['settings']);
    expect(code).toBe(0);
    expect(out).toContain('link_expiration_hours (domain): a whole number from 1 to 720; default 24');
  });
});

describe('on the embedded database', () => {
  const variables = { LATCHKEY_DATA_DIR: join(folder, 'data') };

  beforeAll(async () => {
    const { code, err } = await latchkey(['migrate'], variables);
    if (code !== 0) throw new Error(err);
  });

  it('applies a file, and a second time finds nothing to change', async () => {
    const dryRun = await latchkey(['apply', '--dry-run', file(SMALL)], variables);
    expect(dryRun.code).toBe(0);
    expect(dryRun.out).toMatch(/^\+ domain One: directory builtin$/m);
    expect(dryRun.out).toMatch(/nothing was written \(--dry-run\)$/);

    const first = await latchkey(['apply', file(SMALL)], variables);
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    expect(first.out).toBe(dryRun.out.replace('\nnothing was written (--dry-run)', ''));

    const second = await latchkey(['apply', file(SMALL)], variables);
    expect({ ...second }).toEqual({ code: 0, out: 'nothing to change', err: '' });
  });

  it('deletes with --prune only', async () => {
    const less = file('publicUrl: https://id.example.test\ndomains: [{ name: One }, { name: Two }]');
    expect((await latchkey(['apply', less], variables)).out).toContain('+ domain Two');
    const without = file('publicUrl: https://id.example.test\ndomains: [{ name: One }]');
    expect((await latchkey(['apply', without], variables)).out).toContain(
      'domain Two: not in the file; kept (use --prune)',
    );
    expect((await latchkey(['apply', '--prune', without], variables)).out).toContain('- domain Two');
    const refused = await latchkey(['apply', '--prune', file('publicUrl: https://id.example.test')], variables);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('domain One: is not deleted, it still has 1 person');
  });

  it('says what is wrong with the file on standard error, without a stack', async () => {
    const path = file('publicUrl: https://id.example.test\ndomain: []\n');
    const { code, out, err } = await latchkey(['apply', path], variables);
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: `${path}:2: domain: unknown key; did you mean domains?`,
    });
  });

  it('migrates and finds everything in order', async () => {
    expect(await latchkey(['migrate'], variables)).toEqual({ code: 0, out: 'the database was up to date', err: '' });
    const { code, out } = await latchkey(['doctor'], variables);
    expect(out).toMatch(/^✓ database: PostgreSQL \d+/m);
    expect(out).toContain('✓ directory of One: ');
    expect(code).toBe(0);
  });

  it('takes turns: a second process is told who holds the database', async () => {
    writeFileSync(join(folder, 'data', 'lock'), String(process.ppid));
    const { code, err } = await latchkey(['apply', file(SMALL)], variables);
    expect(code).toBe(1);
    expect(err).toContain(`the embedded database is in use by process ${process.ppid}`);
  });
});

describeWith('postgresql', 'on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;

  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.drop());

  it('refuses to apply and to serve before the migrations ran, and doctor says so', async () => {
    for (const args of [['apply', file(SMALL)], ['serve']]) {
      const { code, out, err } = await latchkey(args, database.variables);
      expect({ code, out, err }).toEqual({
        code: 1,
        out: '',
        err: 'DATABASE_URL: migrations are pending; run: latchkey migrate',
      });
    }
    const doctor = await latchkey(['doctor'], database.variables);
    expect(doctor.code).toBe(1);
    expect(doctor.out).toContain('✗ migrations: Some are pending; run `latchkey migrate`.');
    expect(doctor.err).toMatch(/things are wrong$/);
  });

  it('migrates from five calls at once: each migration runs once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => latchkey(['migrate'], database.variables)));
    expect(results.map(({ code, err }) => ({ code, err }))).toEqual(
      Array.from({ length: 5 }, () => ({ code: 0, err: '' })),
    );
    const applied = results.flatMap(({ out }) => out.split('\n').filter((line) => line.startsWith('applied ')));
    expect(applied.length).toBeGreaterThan(1);
    expect(new Set(applied).size).toBe(applied.length);
    expect(results.filter(({ out }) => out === 'the database was up to date')).toHaveLength(4);
  });

  it('refuses to serve before a configuration was applied', async () => {
    const { code, err } = await latchkey(['serve'], { ...database.variables, PORT: '0' });
    expect({ code, err }).toEqual({
      code: 1,
      err: 'publicUrl: no configuration was applied yet; run: latchkey apply FILE',
    });
  });

  it('attack 2: refuses to serve what is weak, naming it and never its value', async () => {
    const weak = file(`publicUrl: http://id.example.test
server: { settings: { manager_auth: PKI } }
agents: [{ name: gateway, applications: [], clientId: a, clientSecret: demo-agent-secret }]
domains: [{ name: D }]
consumers: [{ domain: D, key: k, secret: mySecret }]
`);
    expect((await latchkey(['apply', weak], database.variables)).code).toBe(0);
    const { code, err } = await latchkey(['serve'], { ...database.variables, PORT: '0' });
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      'LATCHKEY_TLS_CLIENT_CA: required with manager_auth: PKI, to tell whose client certificates are believed',
      'publicUrl: must start with https://, links carry secrets',
      'consumer k: secret: is a secret that everybody knows',
      'agent gateway: clientSecret: is a secret that everybody knows',
    ]);
    const doctor = await latchkey(['doctor'], database.variables);
    expect(doctor.code).toBe(1);
    expect(doctor.out).toContain('✗ configuration: publicUrl: Must start with https://, links carry secrets.');
    expect(`${doctor.out}${err}`).not.toMatch(/demo-agent-secret|mySecret/);
  });

  it('refuses people with passwords that everybody knows', async () => {
    const path = file(SMALL.replace('correct horse 9', 'password'));
    const { code, err } = await latchkey(['apply', path], database.variables);
    expect({ code, err }).toEqual({
      code: 1,
      err: `person One\\mara: password: is a secret that everybody knows`,
    });
  });

  describe('doctor', () => {
    let smtp: TestSmtpServer;
    let sms: TestSmsGateway;

    beforeAll(async () => {
      smtp = await TestSmtpServer.start({ login: { user: 'u', password: 'p' } });
      sms = await TestSmsGateway.start();
    });
    afterAll(() => Promise.all([smtp.stop(), sms.stop()]));
    afterEach(() => smtp.accept());

    const configured = (password: string, smsUrl: string) => `publicUrl: https://id.example.test
mail:
  profiles: [{ name: relay, url: "smtp://u:${password}@127.0.0.1:${smtp.port}", connectTimeoutSeconds: 2 }]
  accounts: [{ name: system, profile: relay, address: a@example.test, isSystem: true }]
sms:
  gateways: [{ name: main, kind: http, url: "${smsUrl}", headers: { Authorization: Bearer canary }, timeoutSeconds: 2 }]
domains: [{ name: D }]
`;
    const applied = async (text: string) => {
      const result = await latchkey(['apply', '--prune', file(text)], database.variables);
      expect(result).toMatchObject({ code: 0, err: '' });
    };

    it('is content when everything answers, and sends nothing', async () => {
      await applied(configured('p', sms.url));
      const { code, out, err } = await latchkey(['doctor'], database.variables);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out.split('\n').map((line) => line.split(':')[0])).toEqual([
        '✓ database',
        '✓ migrations',
        '✓ clock',
        '✓ keys',
        '✓ configuration',
        '! call interface',
        '✓ directory of D',
        '✓ mail relay relay',
        '✓ SMS gateway main',
      ]);
      expect(smtp.mails.all).toEqual([]);
      expect(sms.requests.all.map(({ method, headers }) => [method, headers['authorization']])).toEqual([
        ['OPTIONS', undefined],
      ]);
    });

    it('attack 31: warns when anybody may try the passwords of administrators, and fails nobody for it', async () => {
      await applied(configured('p', sms.url));
      const open = await latchkey(['doctor'], database.variables);
      expect(open.code).toBe(0);
      expect(open.out).toContain(
        '! call interface: Anybody may try the passwords of administrators; name the addresses of your portals in manager_clients.',
      );
      await applied(`${configured('p', sms.url)}server: { settings: { manager_clients: [192.0.2.7] } }\n`);
      const named = await latchkey(['doctor'], database.variables);
      expect(named.out).toContain('✓ call interface: Only the addresses in manager_clients may call.');
    });

    it('names every key under which something lies', async () => {
      await applied(configured('p', sms.url));
      const client = new Client({ connectionString: database.variables['DATABASE_URL'] });
      await client.connect();
      await client.query(
        `INSERT INTO accounts (id, domain_id, directory_key, login, contact_digest, created_at)
         SELECT gen_random_uuid(), id, 'key of jane', 'jane', 'older.aa', now() FROM domains LIMIT 1`,
      );
      await client.end();
      const { out } = await latchkey(['doctor'], database.variables);
      expect(out).toMatch(/^✓ keys: Key k1 seals; all \d+ declared secrets open\. Still in use: older\.$/m);
    });

    it('says which part does not answer, and the rest is looked at all the same', async () => {
      await applied(configured('wrong', `http://127.0.0.1:${await freePort()}/send`));
      const { code, out } = await latchkey(['doctor'], database.variables);
      expect(code).toBe(1);
      expect(out).toContain('✗ mail relay relay: Cannot be used: the mail relay did not accept our login (535');
      expect(out).toContain('✗ SMS gateway main: Cannot be reached (ECONNREFUSED).');
      expect(out).toContain('✓ directory of D');
      expect(out).not.toContain('wrong');
    });

    it('says which key is missing from the ring', async () => {
      const otherKeys = `k2:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;
      const variables = { ...database.variables, LATCHKEY_MASTER_KEYS: otherKeys };
      const { code, out } = await latchkey(['doctor'], variables);
      expect(code).toBe(1);
      expect(out).toContain('put key k1 back into LATCHKEY_MASTER_KEYS, or apply the file again.');
      const serving = await latchkey(['serve'], { ...variables, PORT: '0' });
      expect(serving.code).toBe(1);
      expect(serving.err).toMatch(/^LATCHKEY_MASTER_KEYS: does not open .* of mail-profile relay; put the key/);
    });

    it('says that the database cannot be reached', async () => {
      const { code, out } = await latchkey(['doctor'], {
        ...database.variables,
        DATABASE_URL: 'postgresql://nobody:canary@127.0.0.1:1/nothing',
      });
      expect(code).toBe(1);
      expect(out).toBe('✗ database: Cannot be used (ECONNREFUSED); check DATABASE_URL and the server.');
    });
  });
});
