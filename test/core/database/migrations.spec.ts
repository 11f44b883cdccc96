import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/core/database/data-source.js';
import { EmbeddedDatabase } from '../../../src/core/database/embedded-database.js';
import { schema } from '../../../src/schema.js';

describe('the shipped migrations', () => {
  let embedded: EmbeddedDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    embedded = await EmbeddedDatabase.start();
    dataSource = await createDataSource({
      address: embedded.address,
      schema,
      poolSize: 1,
      statementTimeout: 10_000,
    }).initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await embedded.stop();
  });

  it('make exactly the tables that the entities describe, back and forth', async () => {
    await dataSource.runMigrations();
    const drift = await dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);

    for (const _ of schema.migrations) await dataSource.undoLastMigration();
    await dataSource.runMigrations();
    expect(await dataSource.showMigrations()).toBe(false);
  });
});
