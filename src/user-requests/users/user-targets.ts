import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../../core/administrators/reachable-people.js';
import { reachesEverybody, type Right } from '../../core/administrators/rights.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { PeopleReach } from '../../people/people-reach.js';
import { PersonFinder } from '../../people/person-finder.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import type { OAuthCaller } from '../../surfaces/oauth1/oauth-caller.js';
import { loginWithEmail } from '../creation/creation-settings.js';
import { PeopleByName } from '../creation/people-by-name.js';
import { requireAdministrator } from '../oauth-administrator.js';

/** How a call names a user: by id, or by name; in one domain, or in those that the caller reaches. */
export interface NamedUser {
  readonly by: 'id' | 'username';
  readonly value: string;
  /** Id or name of the domain. */
  readonly domain: string | undefined;
}

/** A user whom a call changes, and the administrator who calls. */
export interface Target {
  readonly found: FoundPerson;
  readonly by: AdministratorCaller;
}

/**
 * Users as far as a caller's role reaches (user-requests section 2). Those of other domains look like unknown ones; those
 * of the own domain who hold a higher role are not permitted.
 */
@Injectable()
export class UserTargets {
  constructor(
    private readonly configuration: Configuration,
    private readonly domains: ReachablePeople,
    private readonly names: PeopleByName,
    private readonly finder: PersonFinder,
    private readonly reach: PeopleReach,
  ) {}

  /**
   * A user to be read: everybody may see themselves.
   *
   * @throws ApiRefusal 404
   * @throws DomainError `access-denied`, `directory-unavailable`
   */
  async readable(caller: OAuthCaller, named: NamedUser): Promise<FoundPerson> {
    if (await this.isSelf(caller, named)) return caller.found;
    return (await this.reached(caller, 'read-people', named)).found;
  }

  /**
   * A user to be changed.
   *
   * @throws ApiRefusal 404
   * @throws DomainError `access-denied`, `directory-unavailable`
   */
  changeable(caller: OAuthCaller, named: NamedUser): Promise<Target> {
    return this.reached(caller, 'change-people', named);
  }

  /**
   * The domain that a call is about, by id or name; the caller's own when it names none. Another one is out of reach
   * before it is looked up (attack class 48).
   *
   * @throws ApiRefusal 404
   * @throws DomainError `access-denied`
   */
  async domain(
    caller: OAuthCaller,
    right: Right,
    named: string | undefined,
  ): Promise<{ readonly by: AdministratorCaller; readonly domain: Domain }> {
    const by = requireAdministrator(caller, right);
    const snapshot = await this.configuration.snapshot();
    if (named === undefined || named === '') return { by, domain: caller.found.domain };
    const domain = this.domains.domains(snapshot, by).find(isNamed(snapshot, named));
    if (domain) return { by, domain };
    throw reachesEverybody(by.role) ? ApiRefusal.notFound('domain') : new DomainError('access-denied');
  }

  private async reached(caller: OAuthCaller, right: Right, named: NamedUser): Promise<Target> {
    const by = requireAdministrator(caller, right);
    const found = await this.find(caller, by, named);
    if (!found) throw ApiRefusal.notFound('user');
    await this.reach.requireReach(by, found);
    return { found, by };
  }

  /**
   * Looks in the consumer's domain first, then for the only one in the others. A directory that cannot be asked does not
   * keep the people of others from being found.
   */
  private async find(
    { consumer }: OAuthCaller,
    by: AdministratorCaller,
    named: NamedUser,
  ): Promise<FoundPerson | undefined> {
    const snapshot = await this.configuration.snapshot();
    const reached = this.domains.domains(snapshot, by);
    const wanted = named.domain === undefined ? reached : reached.filter(isNamed(snapshot, named.domain));
    const others: FoundPerson[] = [];
    let unavailable: DomainError | undefined;
    for (const domain of wanted.toSorted((a, b) => rank(consumer.domain, a) - rank(consumer.domain, b))) {
      try {
        const found = await this.inDomain(snapshot, domain, named);
        // An id is that of one person, whichever domain shows them.
        if (found && (named.by === 'id' || domain.id === consumer.domain.id)) return found;
        if (found) others.push(found);
      } catch (error) {
        if (!DomainError.is(error, 'directory-unavailable', 'directory-misconfigured')) throw error;
        unavailable ??= error;
      }
    }
    if (unavailable) throw unavailable;
    if (others.length > 1) throw new DomainError('account-ambiguous');
    return others[0];
  }

  private inDomain(
    snapshot: ConfigurationSnapshot,
    domain: Domain,
    { by, value }: NamedUser,
  ): Promise<FoundPerson | undefined> {
    return by === 'id' ? this.finder.byId(domain, value) : this.names.find(snapshot, domain, value);
  }

  /** Whether a call names the caller, in the words that anybody else would be named by. */
  private async isSelf({ found: { domain, person } }: OAuthCaller, named: NamedUser): Promise<boolean> {
    const snapshot = await this.configuration.snapshot();
    if (named.domain !== undefined && !isNamed(snapshot, named.domain)(domain)) return false;
    const same = (own: string | undefined): boolean => own?.toLowerCase() === named.value.toLowerCase();
    if (named.by === 'id') return same(person.key);
    return snapshot.setting(loginWithEmail, domain.id) ? same(person.mail) : same(person.login);
  }
}

function rank(first: Domain, { id }: Domain): number {
  return id === first.id ? 0 : 1;
}

/** Whether a domain has this id, or this name. */
function isNamed(snapshot: ConfigurationSnapshot, named: string): (domain: Domain) => boolean {
  const wanted = snapshot.domainById(named.toLowerCase()) ?? snapshot.domain(named);
  return ({ id }) => id === wanted?.id;
}
