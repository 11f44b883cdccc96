import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../core/database/database.js';
import type { Account } from '../../../core/directory/account.entity.js';
import { Accounts } from '../../../core/directory/accounts.js';
import { OneTimeRequests } from '../../../core/requests/one-time-requests.js';
import { personAt } from '../../../core/requests/request-sessions.js';
import type { Client } from '../../../core/web/clients.js';
import type { ProvenRequest } from '../request-type.js';

/** Uses up requests that need no form. */
@Injectable()
export class Consumption {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
  ) {}

  /**
   * Completes the request; of parallel calls one does, and none after its deadline.
   *
   * @param besides what belongs to it, in the same transaction, which has locked the account
   */
  consume(
    proven: ProvenRequest,
    client: Client,
    besides?: (tx: Tx, locked: Account) => Promise<void>,
  ): Promise<boolean> {
    const { request, found } = proven;
    const by = { ...personAt(proven, client), detail: { requestedBy: request.createdBy } };
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      // Read again under the lock: a password set a moment ago kills this request (attack class 17).
      if (account.credentialGeneration !== request.credentialGeneration) return false;
      if (!(await this.requests.consume(tx, request, by))) return false;
      await besides?.(tx, account);
      return true;
    });
  }
}
