import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { ConfigurationError } from './configuration-error.js';
import { readEnvironment } from './read-environment.js';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64');
const REAL = { DATABASE_URL: 'postgresql://db.example.test/latchkey', LATCHKEY_MASTER_KEYS: `k1:${KEY}` };

/** A value that must be found in no message. */
const CANARY = 'canary-7f3';

/** What is said about these variables, whole; and the names of those that are complained about. */
function refusal(variables: Record<string, string | undefined>): { said: string; names: string[] } {
  try {
    readEnvironment({ ...REAL, ...variables });
    return { said: '', names: [] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const said = `${error.message} ${error.stack} ${JSON.stringify(error.problems)}`;
    return { said, names: error.problems.map(({ where }) => where).sort() };
  }
}

describe('the environment of the real mode', () => {
  it('has a default for everything but database and keys', () => {
    const environment = readEnvironment(REAL);
    expect(environment).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: REAL.DATABASE_URL,
      databasePoolSize: 10,
      databaseStatementTimeout: 10_000,
      logLevel: 'info',
      trustedProxies: [],
      configPath: undefined,
      tls: undefined,
      embedded: false,
    });
    expect(isAbsolute(environment.dataDir)).toBe(true);
  });

  it('is frozen', () => {
    const environment = readEnvironment(REAL) as { port: number };
    expect(() => (environment.port = 1)).toThrow(TypeError);
  });

  it('treats blank variables as absent', () => {
    expect(readEnvironment({ ...REAL, PORT: ' ', HOST: '', LATCHKEY_LOG_LEVEL: '\t' })).toMatchObject({ port: 8080 });
  });

  it('reads lists of networks and keys', () => {
    const other = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 3)).toString('base64');
    const environment = readEnvironment({
      ...REAL,
      LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8, ::1  192.0.2.7',
      LATCHKEY_MASTER_KEYS: `new:${other}, old_1:${KEY.replace('=', '')}`,
    });
    expect(environment.trustedProxies).toEqual(['10.0.0.0/8', '::1', '192.0.2.7']);
    expect(environment.masterKeys.map(({ id, key }) => [id, Buffer.from(key).toString('base64')])).toEqual([
      ['new', other],
      ['old_1', KEY],
    ]);
  });

  it('serves any address', () => {
    expect(readEnvironment({ ...REAL, HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
  });

  it('refuses to start without keys, and makes none', () => {
    const folder = join(temporaryFolder('environment'), 'data');
    const { names } = refusal({ LATCHKEY_MASTER_KEYS: undefined, LATCHKEY_DATA_DIR: folder });
    expect(names).toEqual(['LATCHKEY_MASTER_KEYS']);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['PORT', CANARY],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['DATABASE_URL', `mysql://user:${CANARY}@db/x`],
    ['DATABASE_URL', CANARY],
    ['LATCHKEY_DATABASE_POOL', '0'],
    ['LATCHKEY_DATABASE_POOL', '201'],
    ['LATCHKEY_DATABASE_STATEMENT_TIMEOUT_MS', '99'],
    ['LATCHKEY_LOG_LEVEL', CANARY],
    ['LATCHKEY_TRUSTED_PROXIES', `10.0.0.1,${CANARY}`],
    ['LATCHKEY_TRUSTED_PROXIES', '10/8'],
    ['LATCHKEY_MASTER_KEYS', CANARY],
    ['LATCHKEY_MASTER_KEYS', `k1:${CANARY}`],
    ['LATCHKEY_MASTER_KEYS', `k1:${KEY},`],
    ['LATCHKEY_MASTER_KEYS', `k 1:${KEY}`],
    ['LATCHKEY_MASTER_KEYS', `k1:${KEY.slice(4)}`],
    ['LATCHKEY_MASTER_KEYS', `k1:${KEY},k1:${KEY}`],
    ['LATCHKEY_MASTER_KEYS', `k1:${'A'.repeat(43)}=`],
  ])('names %s when it is not usable, once and without its value', (name, value) => {
    const { names, said } = refusal({ [name]: value });
    expect(names).toEqual([name]);
    expect(said).not.toContain(CANARY);
  });

  it('names every variable that is not usable in one go', () => {
    const { names, said } = refusal({
      PORT: CANARY,
      LATCHKEY_LOG_LEVEL: CANARY,
      LATCHKEY_MASTER_KEYS: CANARY,
      LATCHKEY_TLS_CERT: 'cert.pem',
    });
    expect(names).toEqual(['LATCHKEY_LOG_LEVEL', 'LATCHKEY_MASTER_KEYS', 'LATCHKEY_TLS_KEY', 'PORT']);
    expect(said).not.toContain(CANARY);
  });

  it.each([
    [{ LATCHKEY_TLS_CERT: 'c.pem' }, ['LATCHKEY_TLS_KEY']],
    [{ LATCHKEY_TLS_KEY: 'k.pem' }, ['LATCHKEY_TLS_CERT']],
    [{ LATCHKEY_TLS_CLIENT_CA: 'ca.pem' }, ['LATCHKEY_TLS_CERT']],
    [{ LATCHKEY_TLS_CERT: 'c.pem', LATCHKEY_TLS_KEY: 'k.pem', LATCHKEY_TLS_CLIENT_CA: 'ca.pem' }, []],
  ])('wants whole TLS: %j', (variables, missing) => {
    expect(refusal(variables).names).toEqual(missing);
  });
});

describe('the environment of the embedded mode', () => {
  it('makes its own key in its folder', () => {
    const LATCHKEY_DATA_DIR = temporaryFolder('environment');
    const environment = readEnvironment({ LATCHKEY_DATA_DIR });
    expect(environment.embedded).toBe(true);
    expect(environment.masterKeys.map(({ id }) => id)).toEqual(['embedded']);
    expect(readEnvironment({ LATCHKEY_DATA_DIR }).masterKeys).toEqual(environment.masterKeys);
  });

  it.each(['localhost', '127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('listens on %s', (HOST) => {
    expect(readEnvironment({ LATCHKEY_DATA_DIR: temporaryFolder('environment'), HOST }).host).toBe(HOST);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'id.example.test', '127.1', 'localhost.example.test'])(
    'does not listen on %s',
    (HOST) => {
      expect(() => readEnvironment({ HOST })).toThrow(/^HOST: the embedded mode listens on loopback only/);
    },
  );
});
