import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './free-port.js';
import { postgresBinaries } from './real-parts.js';
import { removeTemporaryFolder, temporaryFolder } from './temporary-folder.js';
import { watchOver } from './watchdog.js';

export interface PostgresOptions {
  /** Keeps every commit through a crash of the server, as in production; several times slower. */
  readonly durable?: boolean;
  /** Further server settings, e.g. `{ max_connections: 20 }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** Safe to lose: a test cluster lives for one run. */
const VOLATILE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: 300,
  shared_buffers: '128MB',
  log_min_messages: 'warning',
  autovacuum_naptime: '10s',
};

/** Knows all letters and sorts by code point; only Linux has it everywhere. */
const LOCALE = process.platform === 'linux' ? 'C.UTF-8' : 'C';

const START_DEADLINE_MS = 30_000;

/** `fast` ends sessions and shuts down in order, `immediate` is a crash. */
export type StopMode = 'fast' | 'immediate';

/** A real PostgreSQL server of our own: a cluster in a temporary folder, on a free port of 127.0.0.1. */
export class PostgresCluster {
  private server: ChildProcess | undefined;
  private callOffWatch: (() => void) | undefined;

  private constructor(
    private readonly binaries: string,
    private readonly folder: string,
    private readonly owner: { uid: number; gid: number } | undefined,
    readonly port: number,
    private readonly settings: Readonly<Record<string, string | number>>,
  ) {}

  static async start(options: PostgresOptions = {}): Promise<PostgresCluster> {
    const binaries = postgresBinaries();
    if (!binaries) throw new Error('no PostgreSQL server on this machine');
    const folder = temporaryFolder('postgresql');
    const owner = unprivilegedUser();
    if (owner) chownSync(folder, owner.uid, owner.gid);
    const cluster = new PostgresCluster(binaries, folder, owner, await freePort(), {
      ...SETTINGS,
      ...(options.durable ? {} : VOLATILE),
      ...options.settings,
    });
    cluster.initialise();
    await cluster.resume();
    return cluster;
  }

  /** Connection URL of a database of this cluster, as its superuser. */
  url(database = 'postgres'): string {
    return `postgresql://postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** Runs statements as superuser, one after another. */
  async administer(...statements: string[]): Promise<void> {
    const client = new Client({ connectionString: this.url() });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** Stops the server and keeps its data, for {@link resume}. */
  async pause(mode: StopMode = 'fast'): Promise<void> {
    const { server } = this;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await exited;
    this.callOffWatch?.();
  }

  /** Starts the server and waits until it lets connections in. */
  async resume(): Promise<void> {
    const log = openSync(this.logFile, 'a');
    const settings = Object.entries(this.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const args = ['-D', this.dataFolder, '-k', this.folder, '-p', String(this.port), ...settings];
    this.server = spawn(join(this.binaries, 'postgres'), args, { ...this.owner, stdio: ['ignore', log, log] });
    closeSync(log);
    if (this.server.pid) this.callOffWatch = watchOver(this.server.pid, this.folder, 'INT');
    await this.untilReady(this.server);
  }

  /** Stops the server and removes its data. */
  async stop(): Promise<void> {
    await this.pause('immediate');
    removeTemporaryFolder(this.folder);
  }

  private get dataFolder(): string {
    return join(this.folder, 'data');
  }

  private get logFile(): string {
    return join(this.folder, 'log');
  }

  private initialise(): void {
    mkdirSync(this.dataFolder, { mode: 0o700 });
    if (this.owner) chownSync(this.dataFolder, this.owner.uid, this.owner.gid);
    execFileSync(
      join(this.binaries, 'initdb'),
      ['-D', this.dataFolder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', `--locale=${LOCALE}`, '--no-sync'],
      { ...this.owner, cwd: this.folder, stdio: 'pipe' },
    );
  }

  private async untilReady(server: ChildProcess): Promise<void> {
    const deadline = performance.now() + START_DEADLINE_MS;
    for (;;) {
      try {
        return await this.administer('SELECT 1');
      } catch (error) {
        if (server.exitCode === null && performance.now() < deadline) {
          await delay(25);
          continue;
        }
        const log = readFileSync(this.logFile, 'utf8').split('\n').slice(-20).join('\n');
        throw new Error(`PostgreSQL did not start:\n${log}`, { cause: error });
      }
    }
  }
}

/** PostgreSQL refuses to run as root; whom to run it as instead. Undefined when we are not root. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
      );
      if (uid && gid) return { uid, gid };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no other user to run it as');
}
