import type { DataSource } from 'typeorm';
import { ConfigurationError } from '../config/configuration-error.js';

/**
 * Refuses to work on tables of another version.
 *
 * @throws ConfigurationError when migrations are pending
 */
export async function refusePendingMigrations(dataSource: DataSource): Promise<void> {
  if (await dataSource.showMigrations()) {
    throw new ConfigurationError([{ where: 'DATABASE_URL', problem: 'migrations are pending; run: latchkey migrate' }]);
  }
}
