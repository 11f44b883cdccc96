import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { refusePendingMigrations } from '../core/database/pending-migrations.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { CommandLine } from './command-line.js';
import { CommandFailed } from './exit-code.js';
import { onWorkbench } from './workbench.js';

/** Refusals of the core that a command can run into, in words. */
const WORDS: Partial<Record<DomainError['code'], string>> = {
  'token-not-found': 'there is no token with this serial number',
  'no-usable-token': 'the token is not active, or neither TOTP nor HOTP',
};

/**
 * Opens the workbench on a database whose tables are up to date, for one piece of work.
 *
 * @throws ConfigurationError, CommandFailed, or whatever else `work` throws
 */
export async function onMigratedWorkbench<T>(
  commandLine: CommandLine,
  work: (workbench: INestApplicationContext) => Promise<T>,
): Promise<T> {
  return onWorkbench(commandLine.environment(), async (workbench) => {
    await refusePendingMigrations(workbench.get(Database).dataSource);
    return work(workbench).catch((error: unknown) => {
      const words = DomainError.is(error) ? WORDS[error.code] : undefined;
      throw words === undefined ? error : new CommandFailed(words, { cause: error });
    });
  });
}
