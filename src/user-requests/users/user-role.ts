import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { Administrators } from '../../core/administrators/administrators.js';
import type { Role } from '../../core/administrators/administrator.entity.js';
import { auditedCall } from '../../core/administrators/audited-call.js';
import { PeopleRoles } from '../../core/administrators/people-roles.js';
import { mayReach } from '../../core/administrators/rights.js';
import { Audit } from '../../core/audit/audit.js';
import type { Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';

/** Which roles an administrator may give to whom, and giving them. */
@Injectable()
export class UserRole {
  constructor(
    private readonly administrators: Administrators,
    private readonly roles: PeopleRoles,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `access-denied` for a role above the caller's own */
  requireGivable(by: AdministratorCaller, domain: Domain, role: Role | undefined): void {
    if (!mayReach(by, { domainId: domain.id, role }))
      throw new DomainError('access-denied', { detail: 'a higher role' });
  }

  /** The role that somebody has. */
  of(found: FoundPerson): Promise<Role | undefined> {
    return this.administrators.roleOf(found);
  }

  /**
   * Gives a role in place of the present one, or takes that away; see {@link requireGivable}. What was asked for before
   * ends with a new role: who holds a code of it need not reach the person any more (attack class 65).
   */
  async set(tx: Tx, found: FoundPerson, role: Role | undefined, by: AdministratorCaller): Promise<void> {
    if (role === undefined) await this.roles.takeAway(tx, found);
    else await this.give(tx, found, role);
    await this.audit.record(tx, {
      event: role === undefined ? 'role.taken' : 'role.given',
      outcome: 'success',
      ...auditedCall(by, found),
      ...(role !== undefined && { detail: { role } }),
    });
  }

  private async give(tx: Tx, found: FoundPerson, role: Role): Promise<void> {
    await this.roles.give(tx, found, role);
    const account = await this.accounts.lock(tx, found.account.id);
    await this.requests.cancel(tx, account, { reason: 'administrator' });
  }

  /** Lets the role of somebody whose login changes follow them. */
  follow(tx: Tx, found: FoundPerson, login: string): Promise<void> {
    return this.roles.follow(tx, found, login);
  }
}
