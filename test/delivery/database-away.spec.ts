import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { prepareQueue, queueProblem } from '../../src/delivery/queue-tables.js';
import { schema } from '../../src/schema.js';
import { describeWith } from '../support/describe-with.js';
import { PostgresCluster } from '../support/postgres.js';
import { TestSmtpServer } from '../support/smtp-server.js';
import type { TestDatabase } from '../support/test-database.js';
import { configuration, startDelivery } from './delivery-harness.js';

describeWith('postgresql', 'delivery when the database goes away', () => {
  let cluster: PostgresCluster;
  let database: TestDatabase;
  let relay: TestSmtpServer;

  beforeEach(async () => {
    relay = await TestSmtpServer.start();
    cluster = await PostgresCluster.start({ durable: true });
    const address = { url: cluster.url() };
    const dataSource = await createDataSource({ address, schema, poolSize: 4, statementTimeout: 10_000 }).initialize();
    await dataSource.runMigrations();
    database = {
      kind: 'postgresql',
      address,
      dataSource,
      database: new Database(dataSource),
      clear: () => Promise.resolve(),
      stop: () => dataSource.destroy(),
    };
  });

  afterEach(async () => {
    await database.stop();
    await cluster.stop();
    await relay.stop();
  });

  it('does not start without the tables of the queue, and says what to do', async () => {
    expect(await queueProblem(database.dataSource)).toContain('run `latchkey migrate`');
    await expect(startDelivery(database, { worker: true })).rejects.toThrow('run `latchkey migrate`');
    await prepareQueue(database.dataSource);
    await prepareQueue(database.dataSource);
    expect(await queueProblem(database.dataSource)).toBeUndefined();
  });

  it('loses no message and goes on by itself when it is back', async () => {
    await prepareQueue(database.dataSource);
    const process = await startDelivery(database, { worker: true });
    await process.apply(configuration({ relay: `url: "${relay.url}"`, settings: 'delivery_retry_first_seconds: 1' }));
    relay.refuse(451);
    const [id = ''] = await process.enqueue({});
    await process.outbox.deliverNow([id]);
    await cluster.pause('immediate');
    await expect(process.enqueue({})).rejects.toThrow('database-unavailable');
    relay.accept();
    process.clock.advance(60);
    await cluster.resume();
    await process.enqueue({});
    await relay.mails.untilCount(2, 40_000);
    await process.close();
  }, 60_000);
});
