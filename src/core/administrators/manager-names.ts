import { Injectable } from '@nestjs/common';
import { Directories } from '../directory/directories.js';
import { type FoundPerson, People } from '../directory/people.js';
import type { ConfigurationSnapshot } from '../domains/configuration.js';
import type { Domain } from '../domains/domain.entity.js';
import { DomainError } from '../errors/domain-error.js';
import type { ManagerAuthMode } from './manager-settings.js';

/** Whom a user name may mean, and in which domain the password is to be checked. */
export interface NamedManager {
  /** The domain meant, also when nobody was found there; undefined when there is none to ask. */
  readonly domain: Domain | undefined;
  readonly found: FoundPerson | undefined;
}

/** Reads the user part of Basic authentication (manager-json-rpc section 2). */
@Injectable()
export class ManagerNames {
  constructor(
    private readonly people: People,
    private readonly directories: Directories,
  ) {}

  /** Finds the person whom `user` names. Finding nobody is an outcome, not an error. */
  find(snapshot: ConfigurationSnapshot, mode: ManagerAuthMode, user: string): Promise<NamedManager> {
    return mode === 'DN' ? this.byDn(snapshot, user) : this.byLogin(snapshot, user);
  }

  private async byLogin(snapshot: ConfigurationSnapshot, user: string): Promise<NamedManager> {
    const slash = user.indexOf('\\');
    const [domainName, login] = slash < 0 ? [undefined, user] : [user.slice(0, slash), user.slice(slash + 1)];
    const fallback =
      snapshot.defaultDomain === undefined ? snapshot.domains[0] : snapshot.domain(snapshot.defaultDomain);
    const domain = domainName === undefined ? fallback : snapshot.domain(domainName);
    if (!domain) return { domain: fallback, found: undefined };
    try {
      return { domain, found: await this.people.byLogin(domain, login) };
    } catch (error) {
      if (DomainError.is(error, 'account-not-found', 'account-ambiguous')) return { domain, found: undefined };
      throw error;
    }
  }

  private async byDn(snapshot: ConfigurationSnapshot, dn: string): Promise<NamedManager> {
    const open = snapshot.domains.filter((domain) => !domain.blocked);
    for (const domain of open) {
      const directory = await this.directories.for(domain);
      const person = await directory.findByDn(dn);
      if (person) return { domain, found: await this.people.of(domain, directory, person) };
    }
    return { domain: open[0], found: undefined };
  }
}
