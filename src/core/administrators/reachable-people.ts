import { Injectable } from '@nestjs/common';
import { Directories } from '../directory/directories.js';
import { isDistinguishedName } from '../directory/distinguished-name.js';
import { type FoundPerson, People } from '../directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../domains/configuration.js';
import type { Domain } from '../domains/domain.entity.js';
import { DomainError } from '../errors/domain-error.js';
import { Administrators } from './administrators.js';
import type { AuthenticatedManager } from './manager-login.js';
import { mayReach, reachesEverybody } from './rights.js';

/** How a caller names a person: by login in a domain, or by distinguished name, in one domain or in whichever has it. */
export type NamedPerson =
  | { readonly username: string; readonly domain: string | undefined }
  | { readonly dn: string; readonly domain: string | undefined };

/** People as far as the caller's role reaches (manager-json-rpc section 4, steps 6, 9 and 10). */
@Injectable()
export class ReachablePeople {
  constructor(
    private readonly people: People,
    private readonly directories: Directories,
    private readonly administrators: Administrators,
    private readonly configuration: Configuration,
  ) {}

  /**
   * The person meant, who may be switched off (`requireUsable` refuses those). A distinguished name is looked for in the
   * caller's own domain first, then in the default one, then in the others by name; the first that has it counts.
   *
   * @throws DomainError `access-denied`, `domain-missing`, `domain-not-found`, `account-not-found`, `account-ambiguous`,
   *   `dn-not-valid`; `directory-unavailable` when nobody was found and a directory could not be asked
   */
  async find(caller: AuthenticatedManager, name: NamedPerson): Promise<FoundPerson> {
    const snapshot = await this.configuration.snapshot();
    const found =
      'dn' in name
        ? await this.byDn(this.domainsFor(snapshot, caller, name), name.dn)
        : await this.people.byLogin(this.domain(snapshot, caller, name.domain), name.username);
    await this.requireReach(caller, found);
    return found;
  }

  /** Everyone whom a distinguished name means in the domains that the caller reaches: several where domains share people. */
  async everywhere(caller: AuthenticatedManager, dn: string): Promise<FoundPerson[]> {
    const snapshot = await this.configuration.snapshot();
    const found: FoundPerson[] = [];
    for (const domain of this.domains(snapshot, caller)) {
      const person = await this.inDomain(domain, dn);
      if (person && (await this.reaches(caller, person))) found.push(person);
    }
    return found;
  }

  /** The open domains that the caller reaches: the own one first, then the default one, then the others by name. */
  domains(snapshot: ConfigurationSnapshot, caller: AuthenticatedManager): Domain[] {
    const first = [caller.domainId, snapshot.domain(snapshot.defaultDomain ?? '')?.id];
    const rank = ({ id }: Domain): number => (first.includes(id) ? first.indexOf(id) : first.length);
    const reached = snapshot.domains.filter(({ id, blocked }) => !blocked && reachesDomain(caller, id));
    return reached.toSorted((a, b) => rank(a) - rank(b));
  }

  /**
   * The domain of this name, or the default one. Another domain is out of reach before it is looked up, so that its
   * existence is not told either (attack class 48).
   *
   * @throws DomainError `access-denied`, `domain-missing`, `domain-not-found`
   */
  domain(snapshot: ConfigurationSnapshot, caller: AuthenticatedManager, name: string | undefined): Domain {
    const wanted = name ?? snapshot.defaultDomain;
    if (wanted !== undefined && !reachesDomain(caller, snapshot.domain(wanted)?.id))
      throw new DomainError('access-denied');
    return this.people.domain(snapshot, name);
  }

  /** Whether the role reaches this person. */
  async reaches(caller: AuthenticatedManager, found: FoundPerson): Promise<boolean> {
    if (reachesEverybody(caller.role)) return true;
    const role = await this.administrators.standingOf(found);
    return mayReach(caller, { domainId: found.domain.id, role });
  }

  /** @throws DomainError `access-denied` when the role does not reach this person */
  async requireReach(caller: AuthenticatedManager, found: FoundPerson): Promise<void> {
    if (!(await this.reaches(caller, found))) throw new DomainError('access-denied');
  }

  private domainsFor(snapshot: ConfigurationSnapshot, caller: AuthenticatedManager, { domain }: NamedPerson): Domain[] {
    return domain === undefined ? this.domains(snapshot, caller) : [this.domain(snapshot, caller, domain)];
  }

  /** One directory that cannot be asked does not keep the people of the others from being found. */
  private async byDn(domains: readonly Domain[], dn: string): Promise<FoundPerson> {
    if (!isDistinguishedName(dn)) throw new DomainError('dn-not-valid', { params: { dn } });
    let unavailable: DomainError | undefined;
    for (const domain of domains) {
      try {
        const found = await this.inDomain(domain, dn);
        if (found) return found;
      } catch (error) {
        if (!DomainError.is(error, 'directory-unavailable', 'directory-misconfigured')) throw error;
        unavailable ??= error;
      }
    }
    throw unavailable ?? new DomainError('account-not-found', { params: { dn } });
  }

  private async inDomain(domain: Domain, dn: string): Promise<FoundPerson | undefined> {
    const directory = await this.directories.for(domain);
    const person = await directory.findByDn(dn);
    return person && this.people.of(domain, directory, person);
  }
}

function reachesDomain(caller: AuthenticatedManager, domainId: string | undefined): boolean {
  return reachesEverybody(caller.role) || caller.domainId === domainId;
}
