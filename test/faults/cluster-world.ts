import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { prepareQueue } from '../../src/delivery/queue-tables.js';
import { schema } from '../../src/schema.js';
import { PostgresCluster, type PostgresOptions } from '../support/postgres.js';
import type { TestDatabase, TestDatabaseOptions } from '../support/test-database.js';

/** A PostgreSQL server of a test's own, to be stopped and started again, with a migrated database on it. */
export interface PrivateCluster {
  readonly cluster: PostgresCluster;
  readonly database: TestDatabase;
  stop(): Promise<void>;
}

export async function startCluster(
  options: PostgresOptions & TestDatabaseOptions = { durable: true },
): Promise<PrivateCluster> {
  const { poolSize = 10, statementTimeout = 10_000, ...postgres } = options;
  const cluster = await PostgresCluster.start(postgres);
  const address = { url: cluster.url() };
  const dataSource = await createDataSource({ address, schema, poolSize, statementTimeout }).initialize();
  await dataSource.runMigrations();
  await prepareQueue(dataSource);
  const stop = async (): Promise<void> => {
    if (dataSource.isInitialized) await dataSource.destroy();
  };
  return {
    cluster,
    database: {
      kind: 'postgresql',
      address,
      dataSource,
      database: new Database(dataSource),
      clear: () => Promise.reject(new Error('a private cluster is used once')),
      stop,
    },
    stop: async () => {
      await stop();
      await cluster.stop();
    },
  };
}
