import type { DataSource } from 'typeorm';
import type { Environment } from '../core/config/environment.js';
import { createDataSource } from '../core/database/data-source.js';
import { DatabaseServer } from '../core/database/database-server.js';
import { prepareQueue } from '../delivery/queue-tables.js';
import { schema } from '../schema.js';

/** Names the advisory lock that lets one process migrate at a time; a number nobody else is likely to use. */
const MIGRATION_LOCK = 7_305_519_042_117;

/** One connection holds the lock, the others work. */
const CONNECTIONS = 4;

/**
 * Runs pending migrations and prepares the message queue's tables. Any number of processes may call it at the same
 * moment: one works, the others wait and find nothing left to do.
 *
 * @returns the names of the migrations that this call ran
 */
export async function migrate(environment: Environment): Promise<string[]> {
  const server = await DatabaseServer.start(environment);
  // A migration may take as long as it takes.
  const dataSource = createDataSource({ address: server.address, schema, poolSize: CONNECTIONS, statementTimeout: 0 });
  try {
    await dataSource.initialize();
    const run = async () => {
      const applied = await dataSource.runMigrations();
      await prepareQueue(dataSource);
      return applied.map(({ name }) => name);
    };
    // The embedded database has one process and one session, so there is nobody to keep out.
    return environment.embedded ? await run() : await underLock(dataSource, run);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.stop();
  }
}

async function underLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const holder = dataSource.createQueryRunner();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      return await work();
    } finally {
      await holder.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    await holder.release();
  }
}
