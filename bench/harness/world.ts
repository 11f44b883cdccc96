import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeTemporaryFolder, temporaryFolder } from '../../test/support/temporary-folder.js';
import { type CpuSeconds, cpuSeconds } from './cpu.js';
import { BenchDatabase } from './database.js';
import { Server } from './server.js';

export interface WorldOptions {
  /** The configuration file to apply. */
  readonly configuration: string;
  /** Server processes. */
  readonly processes: number;
  /** Folder of the built product. */
  readonly dist: string;
  /** People to fill the domain with. */
  readonly users: number;
  readonly profiled: boolean;
}

/**
 * Everything one scenario runs in: a durable PostgreSQL with the shipped migrations, the scenario's configuration
 * applied, and the built server in one or more processes. The configuration file may name `${ADMINISTRATOR_PASSWORD}`,
 * a password made for this world.
 */
export class World {
  private constructor(
    readonly database: BenchDatabase,
    readonly servers: readonly Server[],
    readonly users: number,
    /** Password of the administrator that the configuration declares. */
    readonly administratorPassword: string,
    /** Folder of the built product. */
    readonly dist: string,
    private readonly databasePid: number | undefined,
    private readonly home: Home,
  ) {}

  /** @throws Error with the product's own words when a step fails */
  static async start({ configuration, processes, dist, users, profiled }: WorldOptions): Promise<World> {
    const folder = temporaryFolder('bench');
    const database = await BenchDatabase.start();
    const servers: Server[] = [];
    try {
      const password = randomBytes(18).toString('base64url');
      const environment: Record<string, string> = {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: database.url,
        LATCHKEY_DATA_DIR: folder,
        LATCHKEY_MASTER_KEYS: `bench:${randomBytes(32).toString('base64')}`,
        ADMINISTRATOR_PASSWORD: password,
      };
      const file = join(folder, 'latchkey.yaml');
      writeFileSync(file, configuration);
      await runCommand(dist, ['migrate'], environment);
      const home = { folder, environment, processes, profiled };
      // The servers apply the file when they start.
      await startServers(servers, dist, { ...home, environment: { ...environment, LATCHKEY_CONFIG: file } });
      return new World(database, servers, users, password, dist, await database.pid(), home);
    } catch (error) {
      await tearDown(servers, database, folder);
      throw error;
    }
  }

  /** What the servers were started with; commands of the product need the same. */
  get environment(): Readonly<Record<string, string>> {
    return this.home.environment;
  }

  /** A folder for files; removed with everything in it when the world ends. */
  get folder(): string {
    return this.home.folder;
  }

  /** Processor time spent so far, by where it went. */
  cpu(): CpuSeconds | undefined {
    return cpuSeconds(
      this.servers.map(({ pid }) => pid),
      this.databasePid,
    );
  }

  /** The same world with servers of another build, beside those of this one. To be ended by {@link stopServers}. */
  async facing(dist: string): Promise<World> {
    const servers: Server[] = [];
    await startServers(servers, dist, this.home);
    const { database, users, administratorPassword, databasePid, home } = this;
    return new World(database, servers, users, administratorPassword, dist, databasePid, home);
  }

  /** The same world seen with its first servers only; to be driven, not to be ended. */
  withServers(count: number): World {
    const { database, servers, users, administratorPassword, dist, databasePid, home } = this;
    return new World(database, servers.slice(0, count), users, administratorPassword, dist, databasePid, home);
  }

  async stopServers(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  stop(): Promise<void> {
    return tearDown(this.servers, this.database, this.home.folder);
  }
}

/** What servers are started with. */
interface Home {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly processes: number;
  readonly profiled: boolean;
}

/** Adds to `servers` one by one, so that those already running can be stopped when a later one does not start. */
async function startServers(servers: Server[], dist: string, { processes, ...home }: Home): Promise<void> {
  while (servers.length < processes) servers.push(await Server.start({ dist, ...home }));
}

async function runCommand(dist: string, args: string[], env: Record<string, string>): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [join(dist, 'src/cli.js'), ...args], { env });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`latchkey ${args[0]} failed:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
  }
}

async function tearDown(servers: readonly Server[], database: BenchDatabase, folder: string): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
  await database.stop();
  removeTemporaryFolder(folder);
}
