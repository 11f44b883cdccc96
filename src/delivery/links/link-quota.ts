import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import { SqlParameters } from '../../core/database/sql-parameters.js';
import { Account } from '../../core/directory/account.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { EventRow } from '../../core/throttle/throttle-rule.js';

const HOUR = 3_600;

/** How many links may be made for one person (manager-json-rpc section 13). */
@Injectable()
export class LinkQuota {
  constructor(private readonly throttle: Throttle) {}

  /**
   * Locks the account's row until the transaction ends, as `Accounts.lock`, and counts one more link of this kind, in one
   * statement. What reads or ends other requests of the account has to be a statement after it: a statement sees the rows
   * as they were when it began, and not what a rival did before giving the account free.
   *
   * @param limit links an hour
   * @throws DomainError `send-limit-reached`; nothing is counted then
   */
  async take(tx: Tx, accountId: string, purpose: RequestPurpose, limit: number): Promise<Account> {
    const rule = { name: `sends ${purpose.name}`, limit, window: HOUR };
    const parameters = new SqlParameters();
    const [row] = await rows<Record<string, unknown> & EventRow>(
      tx,
      `WITH account AS MATERIALIZED (
         SELECT * FROM accounts WHERE id = ${parameters.add(accountId)} FOR UPDATE
       ), ${this.throttle.counting(parameters, rule, accountId, 'account')}
       SELECT account.*, event.count, event.ends_at, event.counted FROM account CROSS JOIN event`,
      parameters.values,
    );
    if (!row) throw new Error('an account that was found a moment ago is gone');
    if (!this.throttle.counted(rule, row).allowed) throw new DomainError('send-limit-reached', { params: { limit } });
    return hydrate(tx, Account, row);
  }
}
