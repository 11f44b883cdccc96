import { Injectable } from '@nestjs/common';
import { Database, rows, type Tx } from '../database/database.js';
import type { FoundPerson } from '../directory/people.js';
import { Configuration } from '../domains/configuration.js';
import { Clock } from '../time/clock.js';
import { ACCESS_LOCKS } from './webapp-settings.js';
import type { Webapp } from './webapp-unlock.entity.js';

/** Which web applications people may enter on their own initiative (manager-json-rpc section 11, *Access Locked*). */
@Injectable()
export class WebappAccess {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether a person may enter without a link: the web application is not locked in their domain, or is unlocked for
   * them at this moment. Whoever holds a link that an administrator sent need not be asked.
   */
  async isOpen({ domain, account }: Pick<FoundPerson, 'domain' | 'account'>, webapp: Webapp): Promise<boolean> {
    const lock = ACCESS_LOCKS[webapp];
    if (!lock || !(await this.configuration.snapshot()).setting(lock, domain.id)) return true;
    const unlocked = await this.database.query(
      'SELECT 1 FROM webapp_unlocks WHERE account_id = $1 AND webapp = $2 AND expires_at > $3',
      [account.id, webapp, this.clock.now()],
    );
    return unlocked.length > 0;
  }

  /** Opens a web application to an account for so many seconds from now, in place of an earlier unlock. */
  async unlock(tx: Tx, unlock: { accountId: string; webapp: Webapp; seconds: number; by: string }): Promise<void> {
    await rows(
      tx,
      `INSERT INTO webapp_unlocks (account_id, webapp, expires_at, created_by, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (account_id, webapp) DO UPDATE SET
         expires_at = excluded.expires_at, created_by = excluded.created_by, created_at = excluded.created_at`,
      [unlock.accountId, unlock.webapp, this.clock.in(unlock.seconds), unlock.by, this.clock.now()],
    );
  }

  /** Takes every unlock of an account back. */
  async lockAll(tx: Tx, accountId: string): Promise<void> {
    await rows(tx, 'DELETE FROM webapp_unlocks WHERE account_id = $1', [accountId]);
  }
}
