import { Injectable } from '@nestjs/common';
import { Audit } from '../core/audit/audit.js';
import type { Tx } from '../core/database/database.js';
import type { Account } from '../core/directory/account.entity.js';
import { Accounts } from '../core/directory/accounts.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import { Outbox } from '../delivery/outbox.js';
import { passwordChangedNotice } from './password-changed-notice.js';
import { passwordAuditEvent, type PasswordTask } from './password-task.js';

/**
 * What follows from every new password, whoever set it and however (manager-json-rpc section 10.2, *Done*): sessions
 * and other requests of the person end, the audit says `completed`, the person is sent a notice.
 */
@Injectable()
export class PasswordConsequences {
  constructor(
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Carries them out in the transaction that commits the new password.
   *
   * @param account the account, locked in this transaction
   * @param at when it was set, for the notice
   */
  async follow(tx: Tx, account: Account, task: PasswordTask, at: Date): Promise<void> {
    await this.accounts.raiseCredentialGeneration(tx, account.id);
    await this.requests.cancel(tx, account, { reason: 'password-changed' });
    // A request says so of itself when it is completed.
    if (task.requestId === undefined) {
      await this.audit.record(tx, passwordAuditEvent(task, 'completed', { outcome: 'success' }));
    }
    const notice = passwordChangedNotice(task, at);
    if (notice) await this.outbox.enqueue(tx, notice);
  }
}
