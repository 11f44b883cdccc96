import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { sharedService } from './shared-service.js';

/** A database on the shared PostgreSQL that nobody else uses. */
export interface PrivateDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Makes one: empty, or with all tables and no rows. */
export async function privateDatabase(contents: 'nothing' | 'tables'): Promise<PrivateDatabase> {
  const { url, template } = await sharedService('postgresql');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(url, `CREATE DATABASE ${name}${contents === 'tables' ? ` TEMPLATE ${template}` : ''}`);
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    drop: () => administer(url, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
