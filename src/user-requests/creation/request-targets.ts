import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { Role } from '../../core/administrators/administrator.entity.js';
import { Administrators } from '../../core/administrators/administrators.js';
import { mayReach, reachesEverybody } from '../../core/administrators/rights.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import type { OAuthCaller } from '../../surfaces/oauth1/oauth-caller.js';
import { administratorOf } from '../oauth-administrator.js';
import type { RequestType } from '../request-types.js';
import { PeopleByName } from './people-by-name.js';

/** A caller who holds a role, and the domain in which people are looked for first, and made. */
export interface RequestingAdministrator extends AdministratorCaller {
  readonly home: Domain;
}

const LOGS_IN: ReadonlySet<RequestType> = new Set(['LOGIN', 'LOGIN_UNATTENDED'] as const);
/** What a user manager may not ask for (user-requests section 2, roles): acting as somebody. */
const ACTS_AS_PERSON: ReadonlySet<RequestType> = new Set([...LOGS_IN, 'CUSTOM'] as const);

/**
 * The caller as an administrator who may make requests of this type.
 *
 * @throws ApiRefusal 403 without a role, and for types that the role does not allow
 */
export function requireRole(caller: OAuthCaller, type: RequestType): RequestingAdministrator {
  const administrator = administratorOf(caller);
  if (!administrator) throw ApiRefusal.notPermitted();
  if (administrator.role === 'user-manager' && ACTS_AS_PERSON.has(type)) throw ApiRefusal.notPermitted();
  const home = reachesEverybody(administrator.role) ? caller.consumer.domain : caller.found.domain;
  return { ...administrator, home };
}

/** The people whom administrators make requests for (user-requests sections 2 and 3). */
@Injectable()
export class RequestTargets {
  constructor(
    private readonly people: PeopleByName,
    private readonly administrators: Administrators,
  ) {}

  /**
   * The person of this name within the caller's reach: in the own domain; for global administrators in the consumer's, or
   * else the only one of that name in the others. Nobody of another domain can be told from somebody unknown.
   *
   * @throws DomainError `account-ambiguous`, `directory-unavailable`
   */
  async find(
    snapshot: ConfigurationSnapshot,
    { role, home }: RequestingAdministrator,
    name: string,
  ): Promise<FoundPerson | undefined> {
    const near = await this.people.find(snapshot, home, name);
    if (near || !reachesEverybody(role)) return near;
    const others = snapshot.domains.filter(({ id, blocked }) => !blocked && id !== home.id);
    const found: FoundPerson[] = [];
    for (const domain of others) {
      const person = await this.people.find(snapshot, domain, name);
      if (person) found.push(person);
    }
    if (found.length > 1) throw new DomainError('account-ambiguous');
    return found[0];
  }

  /**
   * Whether the caller's role reaches this person, and for logging in as them: only global administrators log in as
   * somebody who holds a role (user-requests section 10).
   *
   * @throws ApiRefusal 403
   */
  async requireReach(caller: RequestingAdministrator, found: FoundPerson, type: RequestType): Promise<void> {
    if (reachesEverybody(caller.role)) return;
    const role: Role | undefined = await this.administrators.standingOf(found);
    if (!mayReach(caller, { domainId: found.domain.id, role })) throw ApiRefusal.notPermitted();
    if (role !== undefined && ACTS_AS_PERSON.has(type)) throw ApiRefusal.notPermitted();
  }
}
