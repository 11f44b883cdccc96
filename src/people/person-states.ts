import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { auditedCall } from '../core/administrators/audited-call.js';
import { Audit, type NewAuditEvent } from '../core/audit/audit.js';
import { Database, type Tx } from '../core/database/database.js';
import { consumeIfUnused } from '../core/database/guarded-update.js';
import { Account, type AccountState } from '../core/directory/account.entity.js';
import { Accounts } from '../core/directory/accounts.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import { WebappAccess } from '../core/webapps/webapp-access.js';
import { Sessions } from '../sessions/sessions.js';

/** Who switched somebody on or off, as the audit names them. */
export type StateActor = Pick<NewAuditEvent, 'actor' | 'clientAddress' | 'correlationId'>;

/**
 * Switches people on and off here, whatever their directory says (manager-json-rpc section 12; user-requests section 8).
 * Everybody whom a directory shows is active until somebody deactivates them, or who was made inactive.
 */
@Injectable()
export class PersonStates {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly webapps: WebappAccess,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  /** @returns whether it changed anything: false for who is active already */
  activate(found: FoundPerson, by: AdministratorCaller): Promise<boolean> {
    return this.database.transaction((tx) => this.activateIn(tx, found, auditedCall(by, found)));
  }

  /** As {@link activate}, in the caller's transaction: for a person who proved to be who they are. */
  async activateIn(tx: Tx, { domain, person, account }: FoundPerson, by: StateActor): Promise<boolean> {
    if (!(await move(tx, account, 'deactivated', 'active'))) return false;
    await this.audit.record(tx, {
      ...by,
      event: 'account.activated',
      outcome: 'success',
      domain: domain.name,
      accountId: account.id,
      target: person.dn,
    });
    return true;
  }

  /**
   * Ends with it what the person could still use: links, sessions, requests, unlocked web applications, and whatever else
   * belongs to a credential generation.
   *
   * @returns whether somebody who was active is not any more; what others could still use ends all the same
   * @throws DomainError `access-denied` for oneself, because the last administrator could not come back
   */
  async deactivate(found: FoundPerson, by: AdministratorCaller): Promise<boolean> {
    if (found.account.id === by.accountId) throw new DomainError('access-denied', { detail: 'the own account' });
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      const moved = await move(tx, account, 'active', 'deactivated');
      // Who was made inactive and is asked for a PIN stays out from now on.
      if (!moved && account.state !== 'deactivated') return false;
      await this.accounts.raiseCredentialGeneration(tx, account.id);
      await this.close(tx, account, 'account-closed');
      await this.webapps.lockAll(tx, account.id);
      if (!moved) return false;
      await this.audit.record(tx, { event: 'account.deactivated', outcome: 'success', ...auditedCall(by, found) });
      return true;
    });
  }

  /** Makes an account that is just being made an inactive one. */
  async keepOut(tx: Tx, account: Account): Promise<void> {
    await move(tx, account, 'active', 'deactivated');
    account.state = 'deactivated';
  }

  /** Ends the links and sessions of somebody who is out; the account is locked. */
  async close(tx: Tx, account: Account, reason: 'blocked' | 'account-closed'): Promise<void> {
    await this.requests.cancel(tx, account, { reason });
    await this.sessions.endAll(tx, account.id, 'person-gone');
  }
}

/** Of several at once, one moves the account. */
async function move(tx: Tx, { id }: Account, from: AccountState, to: AccountState): Promise<boolean> {
  const guard = { where: 'id = :id AND state = :from', parameters: { id, from } };
  return (await consumeIfUnused(tx, Account, guard, { state: to })) !== undefined;
}
