import { DataSource, type EntityManager } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { asDomainError, sqlState } from './database-errors.js';
import { FAILED_BY_NAME } from './named-statements.js';
import { type PreparedStatement, PreparedStatements } from './prepared-statements.js';

export { asDomainError, isDatabaseGone, sqlState } from './database-errors.js';

/**
 * The handle to statements inside one transaction. Passed on explicitly; code that holds one never asks the pool for
 * a second connection (attack class 69).
 */
export type Tx = EntityManager;

/** SQLSTATE codes after which the whole unit may be run again from a fresh transaction. */
const RETRYABLE = new Set(['40001', '40P01', ...FAILED_BY_NAME]);
const ATTEMPTS = 4;

/** The unit of work: the only way to open a transaction. */
@Injectable()
export class Database {
  private readonly preparedStatements: PreparedStatements;

  constructor(readonly dataSource: DataSource) {
    this.preparedStatements = new PreparedStatements(dataSource);
  }

  /** For single statements that need no transaction of their own. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * Runs `work` in one transaction and commits. A serialisation failure or a deadlock runs the whole unit again, so
   * `work` must have no effect outside the database.
   *
   * @throws DomainError `database-unavailable` when PostgreSQL cannot be reached
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (attempt < ATTEMPTS && RETRYABLE.has(sqlState(error) ?? '')) continue;
        throw asDomainError(error);
      }
    }
  }

  /**
   * Runs one SQL statement and returns its rows.
   *
   * @throws DomainError `database-unavailable` when PostgreSQL cannot be reached
   */
  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return rows<Row>(this.manager, sql, parameters);
  }

  /**
   * Runs one statement that is asked very often, by itself, and returns its rows.
   *
   * @throws DomainError `database-unavailable` when PostgreSQL cannot be reached
   */
  async prepared<Row>(statement: PreparedStatement, parameters: readonly unknown[]): Promise<Row[]> {
    try {
      return await this.preparedStatements.run<Row>(statement, parameters);
    } catch (error) {
      throw asDomainError(error);
    }
  }
}

/**
 * Runs one SQL statement in `tx` and returns its rows, also for UPDATE and DELETE with RETURNING.
 *
 * @throws DomainError `database-unavailable` when PostgreSQL cannot be reached
 */
export async function rows<Row>(tx: Tx, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  const result: unknown = await tx.query(sql, parameters).catch((error: unknown) => {
    throw asDomainError(error);
  });
  // TypeORM answers [rows, count] for UPDATE and DELETE, plain rows for everything else.
  if (Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number') {
    return result[0] as Row[];
  }
  return result as Row[];
}
