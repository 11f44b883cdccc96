import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { decodeBase32 } from '../../src/tokens/oath/base32.js';
import { hotp } from '../../src/tokens/oath/hotp.js';
import { oathKey } from '../../src/tokens/oath/oath-key.js';
import { seedFromText } from '../../src/tokens/oath/seed.js';
import { describeWith } from '../support/describe-with.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { emptyDatabase, latchkey } from './command-harness.js';

const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const CONFIGURATION = `publicUrl: https://id.example.test
defaultDomain: ACME
domains: [{ name: ACME, users: [{ login: mara, name: Mara, password: correct horse 9 }] }]
products: [{ name: Feitian, manufacturerCode: FT, productCode: c200, method: OTP, functions: [OTP], algorithm: TOTP, digits: 6, timer: 60 }]
`;
const HEADER = 'serial,secret base32,type,digits,period,counter,manufacturer,model,owner\n';

/** What a token with {@link SEED} shows at these counters. */
const codes = (...counters: number[]) => {
  const key = oathKey(seedFromText(plainSecret(Buffer.from(decodeBase32(SEED) ?? []).toString('base64'))), 'SHA1');
  return counters.map((counter) => hotp(key, counter, 6)).join(' ');
};

describeWith('postgresql', 'latchkey tokens', () => {
  const folder = temporaryFolder('tokens-command');
  let variables: Record<string, string>;
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let client: Client;
  let files = 0;

  const path = () => join(folder, `${++files}`);
  const file = (text: string) => {
    const name = path();
    writeFileSync(name, text);
    return name;
  };
  const run = (args: string[], piped?: string) => latchkey(['tokens', ...args], variables, piped);
  const stored = async () => (await client.query<{ serial: string }>('SELECT serial FROM tokens ORDER BY serial')).rows;

  beforeAll(async () => {
    database = await emptyDatabase('tables');
    variables = database.variables;
    await latchkey(['apply', file(CONFIGURATION)], variables);
    client = new Client({ connectionString: variables['DATABASE_URL'] });
    await client.connect();
  });
  beforeEach(() => client.query('TRUNCATE tokens, token_assignments, audit_events'));
  afterAll(async () => {
    await client.end();
    await database.drop();
    removeTemporaryFolder(folder);
  });

  it('ends with 2 and shows the family when called by itself', async () => {
    const { code, err } = await run([]);
    expect(code).toBe(2);
    for (const name of ['import', 'export', 'list', 'disable', 'enable', 'unassign', 'resync']) {
      expect(err).toContain(name);
    }
  });

  it('imports, says what it refuses with line and reason, and ends with 1 for it', async () => {
    const name = file(
      `${HEADER}A1,${SEED},TOTP,6,60,,FT,c200,\nA2,GEZDGNBV,TOTP,6,30,,,,\nA3,${SEED},HOTP,6,,5,,,ACME\\mara\n` +
        `A1,${SEED},TOTP,6,30,,,,\nA4,${SEED},TOTP,6,30,,,,nobody\n`,
    );
    const { code, out, err } = await run(['import', name]);
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      `${name}:3: A2: the seed has fewer than 128 bit (RFC 4226 section 4, R6)`,
      `${name}:5: A1: the serial number stood in this file before`,
      `${name}:6: A4: the directory knows no such owner, or more than one`,
      '3 tokens were refused',
    ]);
    expect(out).toBe('2 stored (1 assigned), 0 there already, 3 refused, 0 skipped');
    const list = await run(['list', '--json']);
    expect(list.out.split('\n').map((line) => JSON.parse(line) as object)).toMatchObject([
      { serial: 'A1', kind: 'TOTP', product: 'FT/c200', status: 'ACTIVE', owner: null, slot: null },
      {
        serial: 'A3',
        kind: 'HOTP',
        product: 'LK/HOTP',
        owner: 'ACME\\mara',
        slot: 'Token1',
        assignmentStatus: 'ACTIVE',
      },
    ]);
    expect(`${out}${err}${list.out}`).not.toContain(SEED);
    const { rows } = await client.query<{ text: string }>(`SELECT tokens::text AS text FROM tokens`);
    for (const { text } of rows) expect(text).not.toContain(SEED);
  });

  it('writes nothing with --dry-run', async () => {
    const { code, out } = await run(['import', '--dry-run', file(`${HEADER}A1,${SEED},TOTP,6,30,,,,mara\n`)]);
    expect({ code, out }).toEqual({
      code: 0,
      out: '1 stored (1 assigned), 0 there already, 0 refused, 0 skipped\nnothing was written (--dry-run)',
    });
    expect(await stored()).toEqual([]);
  });

  it('refuses serials that are taken, and with --resume goes on where the seed is the same', async () => {
    await run(['import', file(`${HEADER}A1,${SEED},TOTP,6,30,,,,\nA2,${SEED},TOTP,6,30,,,,\n`)]);
    const other = SEED.replace('GEZ', 'MFR');
    const more = file(`${HEADER}A1,${SEED},TOTP,6,30,,,,\nA2,${other},TOTP,6,30,,,,\nA3,${SEED},TOTP,6,30,,,,\n`);
    const again = await run(['import', more]);
    expect(again.out).toBe('1 stored, 0 there already, 2 refused, 0 skipped');
    const resumed = await run(['import', '--resume', more]);
    expect(resumed).toEqual({
      code: 1,
      out: '0 stored, 2 there already, 1 refused, 0 skipped',
      err: `${more}:3: A2: a token with this serial number is there already\none token was refused`,
    });
  });

  it('keeps what stands before the place where a file breaks off', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => `S${i},${SEED},TOTP,6,30,,,,\n`);
    const broken = file('');
    writeFileSync(broken, Buffer.concat([Buffer.from(HEADER + rows.join('')), Buffer.from([0xff])]));
    const { code, out, err } = await run(['import', broken]);
    expect(code).toBe(1);
    expect(err).toContain('the file is not UTF-8');
    const { length } = await stored();
    expect(length).toBeGreaterThan(500);
    expect(out).toBe(`${length} stored, 0 there already, 0 refused, 0 skipped`);
  });

  it.each([
    ['a product that is none', ['--product', 'X/Y'], '--product: there is no product X/Y'],
    ['a domain that is none', ['--domain', 'X'], '--domain: there is no domain X'],
    ['a passphrase that is not there', ['--passphrase-file', '/none'], '/none: cannot be read (ENOENT)'],
  ])('refuses %s', async (_, args, words) => {
    const { code, err } = await run(['import', ...args, file(`${HEADER}A1,${SEED},TOTP,6,30,,,,\n`)]);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['a passphrase', '--passphrase-file', 'correct horse battery\n'],
    ['a key in hexadecimal', '--key-file', '00112233445566778899aabbccddeeff\n'],
    ['a key in base64', '--key-file', 'ABEiM0RVZneImaq7zN3u/w==\n'],
  ])('exports a key container under %s, which import reads', async (_, flag, secret) => {
    await run(['import', file(`${HEADER}A1,${SEED},TOTP,8,60,,FT,c200,\nA2,${SEED},HOTP,6,,5,,,\n`)]);
    const before = (await run(['list', '--json'])).out;
    const out = path();
    const exported = await run(['export', '--out', out, flag, '-'], secret);
    expect(exported).toEqual({ code: 0, out: `2 tokens written to ${out}`, err: '' });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readFileSync(out, 'utf8')).not.toContain(SEED);
    const { rows: full } = await client.query(
      'SELECT serial, kind, product, counter, drift FROM tokens ORDER BY serial',
    );
    await client.query('TRUNCATE tokens, token_assignments');
    const wrong = await run(['import', out, flag, file('ffeeddccbbaa99887766554433221100')]);
    expect(wrong.err).toMatch(/the key or passphrase does not open this file|the MAC is wrong/);
    expect(await stored()).toEqual([]);
    expect(await run(['import', out, flag, '-'], secret)).toMatchObject({ code: 0, err: '' });
    const { rows: read } = await client.query(
      'SELECT serial, kind, product, counter, drift FROM tokens ORDER BY serial',
    );
    expect(read).toEqual(full);
    expect((await run(['list', '--json'])).out.split('\n')).toHaveLength(before.split('\n').length);
  });

  it('exports CSV with a warning, never over another file, and says so in the audit', async () => {
    await run(['import', file(`${HEADER}A1,${SEED},TOTP,6,30,,,,\n`)]);
    const out = path();
    const { code, err } = await run(['export', '--format', 'csv', '--out', out]);
    expect(code).toBe(0);
    expect(err).toContain('the seeds lie in clear');
    expect(readFileSync(out, 'utf8')).toContain(SEED);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const again = await run(['export', '--format', 'csv', '--out', out]);
    expect(again).toMatchObject({ code: 1 });
    expect(again.err).toContain(`${out}: cannot be made (EEXIST)`);
    const { rows } = await client.query(`SELECT detail FROM audit_events WHERE event = 'tokens.exported'`);
    expect(rows[0]).toEqual({ detail: { format: 'csv', product: null, count: 1 } });
  });

  it('asks for a secret before it makes an encrypted file', async () => {
    const out = path();
    const { code, err } = await run(['export', '--out', out]);
    expect(code).toBe(1);
    expect(err).toContain('one of --passphrase-file and --key-file');
    expect(existsSync(out)).toBe(false);
  });

  it('lists as a table, switches off and on, and takes back', async () => {
    await run(['import', file(`${HEADER}A1,${SEED},TOTP,6,30,,,,mara\nA2,${SEED},TOTP,6,30,,,,\n`)]);
    const { out } = await run(['list', '--login', 'MARA', '--domain', 'acme']);
    expect(out.split('\n')).toEqual([
      'serial  kind  product  status  owner      slot    last used',
      'A1      TOTP  LK/TOTP  ACTIVE  ACME\\mara  Token1',
    ]);
    expect(await run(['disable', 'A1'])).toEqual({ code: 0, out: 'A1: disabled', err: '' });
    expect((await run(['disable', 'A1'])).out).toBe('A1: was not active');
    expect((await run(['list', 'A1'])).out).toContain('DISABLED');
    expect((await run(['enable', 'A1'])).out).toBe('A1: enabled');
    expect((await run(['unassign', 'A1'])).out).toBe('A1: unassigned');
    expect((await run(['unassign', 'A1'])).out).toBe('A1: was not assigned');
    expect((await run(['list', 'A1', '--json'])).out).toContain('"owner":null');
    expect(await run(['disable', 'none'])).toEqual({
      code: 1,
      out: '',
      err: 'there is no token with this serial number',
    });
    const { rows } = await client.query<{ event: string }>(
      `SELECT event FROM audit_events WHERE event LIKE 'token.%' ORDER BY id`,
    );
    expect(rows.map(({ event }) => event)).toEqual([
      'token.assigned',
      'token.disabled',
      'token.enabled',
      'token.unassigned',
    ]);
  });

  it('lists more than fit on a page, each once', async () => {
    const rows = Array.from({ length: 1_201 }, (_, i) => `S${i},${SEED},TOTP,6,30,,,,\n`);
    await run(['import', file(HEADER + rows.join(''))]);
    const lines = (await run(['list', '--json'])).out.split('\n');
    const serials = lines.map((line) => (JSON.parse(line) as { serial: string }).serial);
    expect([serials.length, new Set(serials).size]).toEqual([rows.length, rows.length]);
  });

  it('finds a token again by two codes in a row, once', async () => {
    await run(['import', file(`${HEADER}A1,${SEED},HOTP,6,,0,,,\n`)]);
    expect(await run(['resync', 'A1'], codes(40, 41))).toMatchObject({ code: 0 });
    const { rows } = await client.query<{ counter: string }>('SELECT counter FROM tokens');
    expect(rows).toEqual([{ counter: '41' }]);
    for (const typed of [codes(40, 41), codes(50, 52), codes(50), '']) {
      const { code, err } = await run(['resync', 'A1'], typed);
      expect(code).toBe(1);
      expect(err).toContain('not two or three codes in a row');
    }
  });
});
