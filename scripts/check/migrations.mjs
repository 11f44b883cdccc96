// Drift of migrations: a database that has gone through the shipped migrations must have exactly the tables that the
// entities describe. TypeORM's schema builder is asked what it would still change; it must be nothing.
import 'reflect-metadata';
import { createDataSource } from '../../dist/src/core/database/data-source.js';
import { EmbeddedDatabase } from '../../dist/src/core/database/embedded-database.js';
import { schema } from '../../dist/src/schema.js';

const embedded = await EmbeddedDatabase.start();
const settings = { address: embedded.address, schema, poolSize: 1, statementTimeout: 60_000 };
const dataSource = await createDataSource(settings).initialize();
try {
  await dataSource.runMigrations();
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  if (upQueries.length > 0) {
    console.error('The entities describe more than the migrations make. A new migration has to do this:\n');
    for (const { query } of upQueries) console.error(`${query};`);
    process.exitCode = 1;
  }
} finally {
  await dataSource.destroy();
  await embedded.stop();
}
