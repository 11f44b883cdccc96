import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { isStoredUuid } from '../../core/database/uuid.js';
import { Accounts } from '../../core/directory/accounts.js';
import { Directories } from '../../core/directory/directories.js';
import type { Directory, Person } from '../../core/directory/directory.js';
import { type FoundPerson, People, requireUsable } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { foldName } from '../../core/domains/fold-name.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { AuthRefusal, missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { UserReference } from '../../surfaces/auth-envelope/references.js';
import { AccountBlocks } from '../../tokens/blocking/account-blocks.js';
import { type Application, Applications, type PublishedAgent } from '../applications/applications.js';
import { namedDomain, type NamedPlace, placesOf, type RealmScope, withinRealm } from './named-people.js';

/** Who asks for somebody, and by which configuration. */
export interface PeopleCaller {
  readonly agent: PublishedAgent;
  readonly snapshot: ConfigurationSnapshot;
}

/** What came of looking for somebody. */
export type Lookup =
  | { readonly found: FoundPerson }
  | {
      readonly found: undefined;
      /** Code 200. */
      readonly refusal: AuthRefusal;
      /** Where a password is checked against nobody, so that the answer costs the same (attack class 46). */
      readonly directory: Directory | undefined;
    };

/** The people whom requests mean, as far as the realm of the agent's applications reaches (authentication methods, section 2.1). */
@Injectable()
export class AuthPeople {
  constructor(
    private readonly applications: Applications,
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly directories: Directories,
    private readonly blocks: AccountBlocks,
    private readonly database: Database,
  ) {}

  /**
   * The one person meant, who may be switched off or blocked; see {@link requireActive} and {@link requireUnblocked}.
   *
   * @throws AuthRefusal 101 for a reference that names nobody; 240, 241, 242, 200
   * @throws DomainError `account-ambiguous` when several match; `directory-unavailable`, `directory-misconfigured` when one
   *   that had to be asked could not be, because it might know a second one
   */
  async find(caller: PeopleCaller, reference: UserReference, application?: Application): Promise<FoundPerson> {
    const lookup = await this.lookFor(caller, reference, application);
    if (!lookup.found) throw lookup.refusal;
    return lookup.found;
  }

  /** As {@link find}; that there is nobody is an outcome, for those who owe strangers the same work. */
  async lookFor(caller: PeopleCaller, reference: UserReference, application?: Application): Promise<Lookup> {
    const { snapshot, agent } = caller;
    const scope: RealmScope = { snapshot, domains: this.applications.domains(snapshot, agent, application) };
    const within = namedDomain(scope, reference);
    const { id, loginName } = reference;
    if (id !== undefined) return this.byId(scope, id, within, loginName);
    if (loginName === undefined) throw missing('user.loginName');
    return this.byLogin(scope, placesOf(scope, loginName, within));
  }

  /**
   * Refuses people who are switched off, here or in the directory.
   *
   * @throws DomainError `account-not-activated` (202), `account-disabled` and `account-expired` (204)
   */
  requireActive(found: FoundPerson): void {
    requireUsable(found);
  }

  /** Refuses people whom an administrator has blocked. @throws DomainError `account-locked` (203) */
  async requireUnblocked({ account, person }: FoundPerson): Promise<void> {
    if (await this.blocks.isBlocked(this.database.manager, account.id)) {
      throw new DomainError('account-locked', { params: { dn: person.dn } });
    }
  }

  private async byId(
    scope: RealmScope,
    id: string,
    within: Domain | undefined,
    loginName: string | undefined,
  ): Promise<Lookup> {
    const account = isStoredUuid(id) ? await this.accounts.byId(this.database.manager, id) : undefined;
    const domain = account && scope.snapshot.domainById(account.domainId);
    if (!account || !domain || domain.blocked) return this.nobody(within ?? scope.domains[0]);
    withinRealm(scope, domain);
    const found =
      within === undefined || within.id === domain.id ? await this.people.byAccount(domain, account) : undefined;
    const right = found !== undefined && (loginName === undefined || isCalled(scope, found, loginName));
    return right ? { found } : this.nobody(domain);
  }

  private async byLogin(scope: RealmScope, places: readonly NamedPlace[]): Promise<Lookup> {
    const hits = (await Promise.all(places.map((place) => this.inPlace(place)))).filter((hit) => hit !== undefined);
    const [first] = hits;
    if (!first) return this.nobody(places[0]?.domain ?? scope.domains[0]);
    if (hits.some(({ domain, person }) => domain !== first.domain || person.key !== first.person.key)) {
      throw new DomainError('account-ambiguous');
    }
    return { found: await this.people.of(first.domain, first.directory, first.person) };
  }

  private async inPlace({ domain, login }: NamedPlace): Promise<Hit | undefined> {
    const directory = await this.directories.for(domain);
    const person = await directory.findByLogin(login);
    return person && { domain, directory, person };
  }

  private async nobody(domain: Domain | undefined): Promise<Lookup> {
    const directory = domain && (await this.directories.for(domain));
    return { found: undefined, refusal: new AuthRefusal(200), directory };
  }
}

interface Hit {
  readonly domain: Domain;
  readonly directory: Directory;
  readonly person: Person;
}

/** Whether a person found by other means also has this login. */
function isCalled(scope: RealmScope, { domain, person }: FoundPerson, loginName: string): boolean {
  const logins = new Set([person.login, ...(person.logins ?? [])].map(foldName));
  return placesOf(scope, loginName, domain).some(({ login }) => logins.has(foldName(login)));
}
