import { QueryFailedError } from 'typeorm';

/** An error as the log shows it. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly cause: DescribedError | undefined;
}

const DEEPEST = 4;

/**
 * Picks what is useful and leaves the rest behind: a failed query holds its parameters, and those may be anything that
 * was to be stored.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (error as { code?: unknown } | undefined)?.code;
  return {
    type: error instanceof Error ? error.name : typeof error,
    message:
      error instanceof QueryFailedError
        ? sqlMessage({ driverError: error.driverError as unknown })
        : error instanceof Error
          ? error.message
          : String(error),
    stack: error instanceof Error ? error.stack?.split('\n').slice(1).join('\n') : undefined,
    code: typeof code === 'string' ? code : undefined,
    cause: cause === undefined || depth >= DEEPEST ? undefined : describeError(cause, depth + 1),
  };
}

/** PostgreSQL quotes values in some messages ("invalid input syntax for …: "value""), so only its code is kept. */
function sqlMessage({ driverError }: { driverError: unknown }): string {
  const { code, table, constraint } = driverError as { code?: string; table?: string; constraint?: string };
  return ['query failed', code, table, constraint].filter(Boolean).join(' ');
}
