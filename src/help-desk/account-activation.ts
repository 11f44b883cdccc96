import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { auditedCall } from '../core/administrators/audited-call.js';
import { Audit } from '../core/audit/audit.js';
import { Database, type Tx } from '../core/database/database.js';
import { consumeIfUnused } from '../core/database/guarded-update.js';
import { Account } from '../core/directory/account.entity.js';
import { Accounts } from '../core/directory/accounts.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import { WebappAccess } from '../core/webapps/webapp-access.js';

/**
 * Switches people on and off here, whatever their directory says (manager-json-rpc section 12). Everybody whom a
 * directory shows is active until somebody deactivates them.
 */
@Injectable()
export class AccountActivation {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly webapps: WebappAccess,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `nothing-to-change` for who is active already */
  async activate(caller: AdministratorCaller, found: FoundPerson): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.move(tx, found, 'deactivated', 'active'))) throw new DomainError('nothing-to-change');
      await this.audit.record(tx, { event: 'account.activated', outcome: 'success', ...auditedCall(caller, found) });
    });
  }

  /**
   * Ends with it what the person could still use: links, sessions, requests, unlocked web applications.
   *
   * @throws DomainError `account-not-activated` for who is not active; `access-denied` for oneself, because the last
   *   administrator could not come back
   */
  async deactivate(caller: AdministratorCaller, found: FoundPerson): Promise<void> {
    if (found.account.id === caller.accountId) throw new DomainError('access-denied', { detail: 'the own account' });
    await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      if (!(await this.move(tx, found, 'active', 'deactivated'))) {
        throw new DomainError('account-not-activated', { params: { dn: found.person.dn } });
      }
      await this.accounts.raiseCredentialGeneration(tx, account.id);
      await this.requests.cancel(tx, account, { reason: 'account-closed' });
      await this.webapps.lockAll(tx, account.id);
      await this.audit.record(tx, { event: 'account.deactivated', outcome: 'success', ...auditedCall(caller, found) });
    });
  }

  private async move(tx: Tx, { account }: FoundPerson, from: Account['state'], to: Account['state']): Promise<boolean> {
    const guard = { where: 'id = :id AND state = :from', parameters: { id: account.id, from } };
    return (await consumeIfUnused(tx, Account, guard, { state: to })) !== undefined;
  }
}
