import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { schema } from '../../src/schema.js';
import type { TestDatabase } from './test-database.js';

/** Another process's handle on the same database: a pool of its own. */
export interface SecondProcess {
  readonly database: Database;
  stop(): Promise<void>;
}

export async function secondProcess({ address }: TestDatabase, poolSize = 5): Promise<SecondProcess> {
  const dataSource = await createDataSource({ address, schema, poolSize, statementTimeout: 10_000 }).initialize();
  return { database: new Database(dataSource), stop: () => dataSource.destroy() };
}
