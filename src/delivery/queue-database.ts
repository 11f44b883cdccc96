import type { Db } from 'pg-boss';
import type { Pool, PoolClient, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { rows, type Tx } from '../core/database/database.js';

/**
 * Lets pg-boss use the pool that TypeORM holds, and no connection besides.
 *
 * pg-boss sends several statements in one text, which TypeORM's own `query` gives no rows of; so it goes to the pool
 * below. A connection on which a statement failed is closed, because a failure inside such a text leaves it in an
 * aborted transaction.
 */
export function queueDatabase(dataSource: DataSource): Db {
  const pool = (dataSource.driver as PostgresDriver).master as Pool;
  return {
    executeSql: async (text, values) => {
      const client: PoolClient = await pool.connect();
      client.on('error', failsTheStatement);
      try {
        // With parameters PostgreSQL takes one statement only, without them any number.
        const result: QueryResult | QueryResult[] = await (values?.length
          ? client.query(text, values)
          : client.query(text));
        client.release();
        return { rows: [result].flat().flatMap((one): unknown[] => one.rows) };
      } catch (error) {
        client.release(true);
        throw error;
      } finally {
        client.off('error', failsTheStatement);
      }
    },
  };
}

/** A connection that breaks fails its statement and says so as an event, too, which would end the process unheard. */
const failsTheStatement = (): void => undefined;

/** Lets pg-boss run a single statement in the caller's transaction. */
export function queueTransaction(tx: Tx): Db {
  return { executeSql: async (text, values) => ({ rows: await rows(tx, text, values) }) };
}
