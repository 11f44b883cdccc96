import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { isDatabaseGone } from './database-errors.js';

/** A statement that is asked thousands of times a second: PostgreSQL reads and plans it once for each connection. */
export interface PreparedStatement {
  readonly text: string;
  readonly prepared: true;
}

export function preparedStatement(text: string): PreparedStatement {
  return { text, prepared: true };
}

/** Runs prepared statements on the connections of a data source, past TypeORM's query runner. */
export class PreparedStatements {
  constructor(private readonly dataSource: DataSource) {}

  async run<Row>(statement: PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
    const driver = this.dataSource.driver as PostgresDriver;
    const [client, release] = (await driver.obtainMasterConnection()) as [PoolClient, (error?: Error) => void];
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    try {
      const { rows } = await client.query({ ...statement, values: [...values] });
      return rows as Row[];
    } catch (error) {
      if (isDatabaseGone(error)) broken = error as Error;
      throw error;
    } finally {
      client.removeListener('error', onError);
      release(broken);
    }
  }
}
