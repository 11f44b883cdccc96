import { expect, it } from 'vitest';
import { createDataSource } from '../../../src/core/database/data-source.js';
import { schema } from '../../../src/schema.js';
import { describeOnPostgres } from '../../support/test-database.js';

describeOnPostgres('the connection URL', (database) => {
  const open = async (query: string): Promise<unknown> => {
    const { address } = database();
    if (!('url' in address)) throw new Error('PostgreSQL is reached by a URL');
    const url = `${address.url}?${query}`;
    const dataSource = await createDataSource({
      address: { url },
      schema,
      poolSize: 1,
      statementTimeout: 5_000,
    }).initialize();
    try {
      const [row] = await dataSource.query<{ application_name: string }[]>('SHOW application_name');
      return row?.application_name;
    } finally {
      await dataSource.destroy();
    }
  };

  it('is obeyed with its query, so that TLS cannot be left out silently', async () => {
    await expect(open('sslmode=verify-full')).rejects.toThrow(/SSL/);
    await expect(open('application_name=from-the-url')).resolves.toBe('from-the-url');
  });
});
