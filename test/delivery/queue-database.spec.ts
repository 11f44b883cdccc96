import { expect, it } from 'vitest';
import { createDataSource } from '../../src/core/database/data-source.js';
import { queueDatabase } from '../../src/delivery/queue-database.js';
import { schema } from '../../src/schema.js';
import { SilentProxy } from '../support/silent-proxy.js';
import { describeOnPostgres } from '../support/test-database.js';

describeOnPostgres('the database of the queue', (database) => {
  it('fails the statement, and not the process, when the connection is cut in the middle', async () => {
    const url = new URL((database().address as { url: string }).url);
    const proxy = await SilentProxy.start(Number(url.port));
    url.port = String(proxy.port);
    const settings = { address: { url: url.href }, schema, poolSize: 2, statementTimeout: 10_000 };
    const dataSource = await createDataSource(settings).initialize();
    const queue = queueDatabase(dataSource);

    const lost = queue.executeSql('SELECT pg_sleep(9)').then(
      () => 'done',
      (error: Error) => error.message,
    );
    const running = `SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(9)'`;
    await expect.poll(() => database().database.query(running)).not.toEqual([]);
    proxy.cut();
    expect(await lost).toMatch(/terminated|ECONNRESET/);
    expect(await queue.executeSql('SELECT 1 AS one')).toEqual({ rows: [{ one: 1 }] });

    await dataSource.destroy();
    await proxy.stop();
  });
});
