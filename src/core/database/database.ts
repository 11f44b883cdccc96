import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';

/**
 * The handle to statements inside one transaction. Passed on explicitly; code that holds one never asks the pool for
 * a second connection (attack class 69).
 */
export type Tx = EntityManager;

/** SQLSTATE codes after which the whole unit may be run again from a fresh transaction. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/**
 * SQLSTATE codes and socket errors that mean "the database is not there, or does not answer in time" (57014 is the
 * statement timeout, 25P03 that of a transaction), as opposed to "the statement is wrong".
 */
const GONE =
  /^(08|57014|57P0[1235]|25P03|53[0-9]{2}|ECONNREFUSED|ECONNRESET|ECONNABORTED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)/;

/** The unit of work: the only way to open a transaction. */
@Injectable()
export class Database {
  constructor(readonly dataSource: DataSource) {}

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

/** The SQLSTATE or socket error code behind `error`, if it came from the database. */
export function sqlState(error: unknown): string | undefined {
  const cause = error instanceof QueryFailedError ? (error.driverError as unknown) : error;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Whether `error` means that PostgreSQL cannot be reached, has no connection to give or does not answer in time. */
export function isDatabaseGone(error: unknown): boolean {
  if (DomainError.is(error)) return error.code === 'database-unavailable';
  const state = sqlState(error);
  if (state !== undefined && GONE.test(state)) return true;
  if (state === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'connect') return true;
  // pg reports a lost or refused pool connection without a code.
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    )
  );
}

/** `database-unavailable` in place of an error that means it; every other error as it is. */
export function asDomainError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (DomainError.is(error) || !isDatabaseGone(error)) return error;
  return new DomainError('database-unavailable', { cause: error });
}
