import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { LatchkeyProcess } from '../support/latchkey-process.js';
import { sharedService } from '../support/shared-service.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';
import { type CommandResult, emptyDatabase } from './command-harness.js';

// Several processes at once start slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let cli: string;
beforeAll(async () => {
  const { main } = await sharedService('build');
  cli = resolve(main, '../cli.js');
});

function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
  const env = { PATH: process.env['PATH'], ...variables };
  return new Promise((done) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out: out.trim(), err: err.trim() });
    });
  });
}

describe('the built command', () => {
  it('answers with the exit code', async () => {
    const [help, usage, problem] = await Promise.all([
      run(['--help']),
      run(['nonsense']),
      run(['apply', '/none.yaml']),
    ]);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(usage).toMatchObject({ code: 2, out: '' });
    expect(problem).toEqual({ code: 1, out: '', err: '/none.yaml: cannot be read (ENOENT)' });
  });
});

describe('a server that gets no listener', () => {
  it('says which port is taken, without a stack', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const folder = temporaryFolder('taken-port');
    const result = await run(['serve'], {
      PORT: String(port),
      LATCHKEY_DATA_DIR: folder,
      LATCHKEY_LOG_LEVEL: 'silent',
    });
    holder.close();
    removeTemporaryFolder(folder);
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.err).toMatch(new RegExp(`^(latchkey cannot start:\\n)?PORT: ${port} on 127\\.0\\.0\\.1 is taken`));
    expect(result.err).not.toMatch(/^\s+at /m);
  });
});

describeWith('postgresql', 'processes on one PostgreSQL', () => {
  const folder = temporaryFolder('processes');
  const config = join(folder, 'latchkey.yaml');
  let database: Awaited<ReturnType<typeof emptyDatabase>>;

  beforeAll(async () => {
    database = await emptyDatabase();
    writeFileSync(
      config,
      'publicUrl: https://id.example.test\ndomains: [{ name: One, users: [{ login: a, name: A, password: "${PW}" }] }]\n',
    );
  });
  afterAll(async () => {
    await database.drop();
    removeTemporaryFolder(folder);
  });

  it('migrate at the same moment: each migration runs once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => run(['migrate'], database.variables)));
    expect(results.map(({ code, err }) => `${code}${err}`)).toEqual(['0', '0', '0', '0', '0']);
    const applied = results.flatMap(({ out }) => out.split('\n').filter((line) => line.startsWith('applied ')));
    expect(applied.length).toBeGreaterThan(1);
    expect(new Set(applied).size).toBe(applied.length);
  });

  it('apply LATCHKEY_CONFIG when they start, all at once, and serve', async () => {
    const variables = { ...database.variables, LATCHKEY_CONFIG: config, PW: 'a long enough one' };
    const servers = await Promise.all([LatchkeyProcess.start(variables), LatchkeyProcess.start(variables)]);
    try {
      for (const { url } of servers) {
        expect(await fetch(`${url}/readyz`).then((response) => response.status)).toBe(200);
      }
      expect(await run(['apply', config], variables)).toMatchObject({ code: 0, out: 'nothing to change' });
      expect((await run(['doctor'], variables)).out).toContain('✓ directory of One');
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  });

  it('do not start when the file is wrong', async () => {
    const variables = { ...database.variables, LATCHKEY_CONFIG: config };
    const { code, err } = await run(['serve'], variables);
    expect(code).toBe(1);
    expect(err).toContain(`${config}:2: domains[0].users[0].password: the environment variable PW is not set`);
    expect(err).not.toMatch(/^\s+at /m);
  });
});
