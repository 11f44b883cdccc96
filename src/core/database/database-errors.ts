import { QueryFailedError } from 'typeorm';
import { DomainError } from '../errors/domain-error.js';

/**
 * SQLSTATE codes and socket errors that mean "the database is not there, or does not answer in time" (57014 is the
 * statement timeout, 25P03 that of a transaction), as opposed to "the statement is wrong".
 */
const GONE =
  /^(08|57014|57P0[1235]|25P03|53[0-9]{2}|ECONNREFUSED|ECONNRESET|ECONNABORTED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)/;

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
