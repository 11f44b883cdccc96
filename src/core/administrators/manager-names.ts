import { Injectable } from '@nestjs/common';
import { Directories } from '../directory/directories.js';
import type { Directory, Person } from '../directory/directory.js';
import type { ConfigurationSnapshot } from '../domains/configuration.js';
import type { Domain } from '../domains/domain.entity.js';
import { DomainError } from '../errors/domain-error.js';
import type { ManagerAuthMode } from './manager-settings.js';

/** Whom a user name may mean, and where the password is to be checked. */
export interface NamedManager {
  /** The domain meant, also when nobody was found there; undefined when there is none to ask. */
  readonly domain: Domain | undefined;
  /** That of the domain. */
  readonly directory: Directory | undefined;
  readonly person: Person | undefined;
}

/** Reads the user part of Basic authentication (manager-json-rpc section 2). */
@Injectable()
export class ManagerNames {
  constructor(private readonly directories: Directories) {}

  /** Finds the person whom `user` names. Finding nobody is an outcome, not an error. */
  find(snapshot: ConfigurationSnapshot, mode: ManagerAuthMode, user: string): Promise<NamedManager> {
    return mode === 'DN' ? this.byDn(snapshot, user) : this.byLogin(snapshot, user);
  }

  private async byLogin(snapshot: ConfigurationSnapshot, user: string): Promise<NamedManager> {
    const open = openDomains(snapshot);
    const slash = user.indexOf('\\');
    const domain = slash < 0 ? homeDomain(snapshot, open) : snapshot.domain(user.slice(0, slash));
    if (!domain) return this.nobody(open[0]);
    const directory = await this.directories.for(domain);
    try {
      return { domain, directory, person: await directory.findByLogin(user.slice(slash + 1)) };
    } catch (error) {
      if (DomainError.is(error, 'account-ambiguous')) return { domain, directory, person: undefined };
      throw error;
    }
  }

  /** Asks one domain after the other; one that cannot be asked does not keep the others' administrators out. */
  private async byDn(snapshot: ConfigurationSnapshot, dn: string): Promise<NamedManager> {
    const open = openDomains(snapshot);
    let unavailable: DomainError | undefined;
    for (const domain of open) {
      try {
        const directory = await this.directories.for(domain);
        const person = await directory.findByDn(dn);
        if (person) return { domain, directory, person };
      } catch (error) {
        if (!DomainError.is(error, 'directory-unavailable', 'directory-misconfigured')) throw error;
        unavailable ??= error;
      }
    }
    if (unavailable) throw unavailable;
    return this.nobody(open[0]);
  }

  private async nobody(domain: Domain | undefined): Promise<NamedManager> {
    return { domain, directory: domain && (await this.directories.for(domain)), person: undefined };
  }
}

function openDomains(snapshot: ConfigurationSnapshot): Domain[] {
  return snapshot.domains.filter(({ blocked }) => !blocked);
}

/** The domain of a login that names none: the default one, or the only one there is. */
function homeDomain(snapshot: ConfigurationSnapshot, open: readonly Domain[]): Domain | undefined {
  if (snapshot.defaultDomain !== undefined) return snapshot.domain(snapshot.defaultDomain);
  return open.length === 1 ? open[0] : undefined;
}
