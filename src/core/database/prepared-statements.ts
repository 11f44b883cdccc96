import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { keepsPreparedStatements } from './data-source.js';
import { isDatabaseGone, sqlState } from './database-errors.js';

/** A statement that is asked thousands of times a second: PostgreSQL reads and plans it once for each connection. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Names a statement after its text, so that two versions of the server never mean different things by one name. */
export function preparedStatement(text: string): PreparedStatement {
  return { name: `latchkey_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text };
}

/**
 * Milliseconds after which a connection forgets its plans. A plan kept for all values is made for tables as large as they
 * were then, and growing does not end it: between two statistics a table may grow a thousandfold (an import).
 */
const PLANS_LAST_MS = 5_000;

/**
 * SQLSTATE `invalid_sql_statement_name` and `duplicate_prepared_statement`: a pooler between us and PostgreSQL hands out
 * connections that know nothing of our names. Both come before anything is done.
 */
const NAMES_NOT_KEPT = new Set(['26000', '42P05']);

/** SQLSTATE `feature_not_supported`, of a plan whose columns have become others under it. */
const PLAN_OUTDATED = '0A000';

/**
 * Runs prepared statements on the connections of a data source, past TypeORM's query runner. Where names are not kept
 * the same statements go without.
 */
export class PreparedStatements {
  /** Found out with the first statement; a data source may be put together before it is opened. */
  private named: boolean | undefined;
  private readonly planned = new WeakMap<PoolClient, number>();

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
      return await this.runOn<Row>(client, statement, values);
    } catch (error) {
      if (sqlState(error) === PLAN_OUTDATED || isDatabaseGone(error)) broken = error as Error;
      throw error;
    } finally {
      client.removeListener('error', onError);
      release(broken);
    }
  }

  private async runOn<Row>(
    client: PoolClient,
    statement: PreparedStatement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    this.named ??= keepsPreparedStatements(this.dataSource);
    if (this.named) {
      try {
        await this.renewPlans(client);
        return (await client.query({ ...statement, values: [...values] })).rows as Row[];
      } catch (error) {
        if (!NAMES_NOT_KEPT.has(sqlState(error) ?? '')) throw error;
        this.named = false;
      }
    }
    return (await client.query(statement.text, [...values])).rows as Row[];
  }

  private async renewPlans(client: PoolClient): Promise<void> {
    const now = performance.now();
    const planned = this.planned.get(client);
    if (planned !== undefined && now - planned < PLANS_LAST_MS) return;
    this.planned.set(client, now);
    if (planned !== undefined) await client.query('DISCARD PLANS');
  }
}
