import { openAsBlob } from 'node:fs';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe } from 'vitest';
import { createDataSource, type DataSourceSettings } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { EmbeddedDatabase } from '../../src/core/database/embedded-database.js';
import { schema } from '../../src/schema.js';
import { TableClearing } from './clear-tables.js';
import { describeWith } from './describe-with.js';
import { privateDatabase } from './private-database.js';
import { sharedService } from './shared-service.js';

export type DatabaseKind = 'embedded' | 'postgresql';

export interface TestDatabaseOptions {
  /** Connections of {@link TestDatabase.dataSource}. */
  readonly poolSize?: number;
  /** Milliseconds. */
  readonly statementTimeout?: number;
}

/** A migrated, empty database of the caller's own. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  /** For a data source or a server of one's own. */
  readonly address: DataSourceSettings['address'];
  /** An initialised data source over the whole schema. */
  readonly dataSource: DataSource;
  readonly database: Database;
  /** Removes all rows of all tables and starts their sequences anew. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

interface Backend {
  readonly address: DataSourceSettings['address'];
  stop(): Promise<void>;
}

export async function createTestDatabase(
  kind: DatabaseKind,
  { poolSize = 10, statementTimeout = 10_000 }: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const backend = await backends[kind]();
  const dataSource = await createDataSource({ ...backend, schema, poolSize, statementTimeout }).initialize();
  const clearing = new TableClearing(dataSource);
  return {
    kind,
    address: backend.address,
    dataSource,
    database: new Database(dataSource),
    clear: () => clearing.clear(),
    stop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await backend.stop();
    },
  };
}

/**
 * Runs the same tests on the embedded database and on a real PostgreSQL, each group on a database of its own. The
 * database exists from `beforeAll` on, so it is handed over as a function.
 */
export function eachDatabase(tests: (database: () => TestDatabase) => void, options: TestDatabaseOptions = {}): void {
  describe('on the embedded database', () => tests(databaseForSuite('embedded', options)));
  describeWith('postgresql', 'on PostgreSQL', () => tests(databaseForSuite('postgresql', options)));
}

/** For races and crashes, which need a server with many sessions. */
export function describeOnPostgres(
  title: string,
  tests: (database: () => TestDatabase) => void,
  options: TestDatabaseOptions = {},
): void {
  describeWith('postgresql', title, () => tests(databaseForSuite('postgresql', options)));
}

function databaseForSuite(kind: DatabaseKind, options: TestDatabaseOptions): () => TestDatabase {
  let current: TestDatabase | undefined;
  beforeAll(async () => {
    current = await createTestDatabase(kind, options);
  });
  afterAll(async () => {
    await current?.stop();
    current = undefined;
  });
  return () => {
    if (!current) throw new Error('the database exists inside tests and hooks only');
    return current;
  };
}

const backends: Record<DatabaseKind, () => Promise<Backend>> = {
  embedded: async () => {
    const { path } = await sharedService('embedded-image');
    return EmbeddedDatabase.start({ image: await openAsBlob(path) });
  },

  postgresql: async () => {
    const { url, drop } = await privateDatabase('tables');
    return { address: { url }, stop: drop };
  },
};
