import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { PostgresCluster } from '../../test/support/postgres.js';

const NAME = 'latchkey_bench';

/** Whom the server and pgbench work as; the harness itself is the superuser, whose statements are not counted. */
const OWNER = 'latchkey';

/**
 * As in production where it decides about speed (durable commits, full page writes), and calm
 * where it only adds noise: no checkpoint falls into a run.
 */
const SETTINGS = {
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  autovacuum_naptime: '1min',
};

/** Milliseconds after which backends have read changed settings and handed in their counts. */
const SETTLE_MS = 1_200;

/** A durable PostgreSQL of our own with one empty database, and what it tells about itself. */
export class BenchDatabase {
  private constructor(
    private readonly cluster: PostgresCluster,
    private readonly client: Client,
    /** Whether single statements can be counted (the extension pg_stat_statements is there). */
    readonly countsStatements: boolean,
  ) {}

  /** @throws Error when there is no PostgreSQL server on this machine */
  static async start(): Promise<BenchDatabase> {
    const cluster = await PostgresCluster.start({ durable: true, settings: SETTINGS });
    try {
      const countsStatements = await preloadStatements(cluster);
      await cluster.administer(`CREATE ROLE ${OWNER} LOGIN`, `CREATE DATABASE ${NAME} OWNER ${OWNER}`);
      const client = new Client({ connectionString: cluster.url(NAME) });
      await client.connect();
      const database = new BenchDatabase(cluster, client, countsStatements);
      if (countsStatements) {
        await client.query('CREATE EXTENSION pg_stat_statements');
        await database.track('none');
      }
      return database;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** For the server. */
  get url(): string {
    return this.cluster.url(NAME).replace('//postgres@', `//${OWNER}@`);
  }

  get owner(): string {
    return OWNER;
  }

  get port(): number {
    return this.cluster.port;
  }

  get name(): string {
    return NAME;
  }

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, parameters)).rows as Row[];
  }

  /** Process id of the postmaster. */
  async pid(): Promise<number | undefined> {
    const [row] = await this.query<{ pid: number }>(
      `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid`,
    );
    return row?.pid;
  }

  /** Brings tables, statistics and the log to rest before measuring begins. */
  async settle(): Promise<void> {
    await this.client.query('VACUUM ANALYZE');
    await this.client.query('CHECKPOINT');
  }

  /** Begins to count statements; slows everything down a little, so it is off while speed is measured. */
  async startCounting(): Promise<void> {
    await this.track('top');
    await this.client.query('SELECT pg_stat_statements_reset()');
  }

  async stopCounting(): Promise<void> {
    await this.track('none');
  }

  async stop(): Promise<void> {
    await this.client.end();
    await this.cluster.stop();
  }

  private async track(what: 'top' | 'none'): Promise<void> {
    await this.client.query(`ALTER SYSTEM SET pg_stat_statements.track = '${what}'`);
    await this.client.query(`ALTER SYSTEM SET pg_stat_statements.track_planning = ${what === 'none' ? 'off' : 'on'}`);
    await this.client.query('SELECT pg_reload_conf()');
    await delay(SETTLE_MS);
  }
}

/** Loads pg_stat_statements into the server. Returns whether it is there. */
async function preloadStatements(cluster: PostgresCluster): Promise<boolean> {
  const client = new Client({ connectionString: cluster.url() });
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_available_extensions WHERE name = 'pg_stat_statements'`);
    if (!rowCount) return false;
    await client.query(`ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
  } finally {
    await client.end();
  }
  await cluster.pause();
  await cluster.resume();
  return true;
}
