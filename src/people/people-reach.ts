import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { Administrators } from '../core/administrators/administrators.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { reachesEverybody } from '../core/administrators/rights.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import type { Domain } from '../core/domains/domain.entity.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { Client } from '../core/web/clients.js';

/** Whom somebody who holds a role reaches, and what they may give. */
@Injectable()
export class PeopleReach {
  constructor(
    private readonly administrators: Administrators,
    private readonly people: ReachablePeople,
    private readonly configuration: Configuration,
  ) {}

  /** A person as an administrator who calls; undefined for somebody without a role. The role is bound to them. */
  async administrator(found: FoundPerson, client: Client): Promise<AdministratorCaller | undefined> {
    const role = await this.administrators.roleOf(found);
    if (role === undefined) return undefined;
    await this.administrators.bind(found);
    return {
      label: `${found.domain.name}\\${found.person.login}`,
      accountId: found.account.id,
      domainId: found.domain.id,
      role,
      clientAddress: client.address,
      correlationId: client.correlationId,
    };
  }

  /**
   * The domain that a call is about: the caller's own, or the one it names where the role reaches it. Another one is out
   * of reach before it is looked up (attack class 48).
   *
   * @throws DomainError `access-denied`, `domain-not-found`
   */
  async domain(administrator: AdministratorCaller, name: string | undefined): Promise<Domain> {
    const snapshot = await this.configuration.snapshot();
    const own = snapshot.domainById(administrator.domainId);
    if (!own) throw new DomainError('access-denied');
    if (name === undefined || name === '') return own;
    const named = snapshot.domain(name);
    if (!reachesEverybody(administrator.role) && named?.id !== own.id) throw new DomainError('access-denied');
    if (!named) throw new DomainError('domain-not-found', { params: { domain: name } });
    return named;
  }

  /** @throws DomainError `access-denied` when the role does not reach this person */
  requireReach(administrator: AdministratorCaller, found: FoundPerson): Promise<void> {
    return this.people.requireReach(administrator, found);
  }

  /**
   * Whether the caller may give somebody this login. Who is given it gets the role that waits for it, so that is for those
   * who reach everybody (attack class 19).
   *
   * @throws DomainError `access-denied`
   */
  async requireLogin(administrator: AdministratorCaller, domain: Domain, login: string): Promise<void> {
    const waiting = await this.administrators.roleOfLogin(domain, login);
    if (waiting === undefined || reachesEverybody(administrator.role)) return;
    throw new DomainError('access-denied', { detail: 'a role waits for this login' });
  }
}
