import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from './describe-with.js';
import { PostgresCluster } from './postgres.js';

describeWith('postgresql', 'a PostgreSQL cluster of our own', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await PostgresCluster.start({ durable: true, settings: { max_connections: 20 } });
  });
  afterAll(() => cluster.stop());

  it('goes away and comes back at the same address', async () => {
    await cluster.pause();
    await expect(cluster.administer('SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    await cluster.resume();
    await expect(cluster.administer('SELECT 1')).resolves.toBeUndefined();
  });

  it('keeps every commit through a crash when it is durable', async () => {
    await cluster.administer('CREATE TABLE kept (id integer)', 'INSERT INTO kept VALUES (1)');
    await cluster.pause('immediate');
    await cluster.resume();
    await expect(cluster.administer('INSERT INTO kept SELECT 1 / count(*) FROM kept')).resolves.toBeUndefined();
  });
});
