import { Injectable } from '@nestjs/common';
import type { ConfigurationSnapshot } from '../domains/configuration.js';
import type { Domain } from '../domains/domain.entity.js';
import { DomainError } from '../errors/domain-error.js';
import type { Account } from './account.entity.js';
import { Accounts } from './accounts.js';
import type { Directory, Person } from './directory.js';
import { Directories } from './directories.js';

/** A person found: who the directory says they are, and our account for them. */
export interface FoundPerson {
  readonly domain: Domain;
  readonly directory: Directory;
  readonly person: Person;
  readonly account: Account;
  /** The delivery addresses are not those of the last time; links sent to the old ones must die. */
  readonly contactChanged: boolean;
}

/** Finding people by what callers and links know of them. */
@Injectable()
export class People {
  constructor(
    private readonly directories: Directories,
    private readonly accounts: Accounts,
  ) {}

  /**
   * The domain of this name, or the default one when no name is given.
   *
   * @throws DomainError `domain-missing`, `domain-not-found`
   */
  domain(snapshot: ConfigurationSnapshot, name: string | undefined): Domain {
    const wanted = name ?? snapshot.defaultDomain;
    if (wanted === undefined) throw new DomainError('domain-missing');
    const domain = snapshot.domain(wanted);
    if (!domain) throw new DomainError('domain-not-found', { params: { domain: wanted } });
    return domain;
  }

  /** The person with this login. @throws DomainError `account-not-found`, `account-ambiguous` */
  async byLogin(domain: Domain, login: string): Promise<FoundPerson> {
    const directory = await this.directories.for(domain);
    const person = await directory.findByLogin(login);
    if (!person) throw new DomainError('account-not-found', { params: { domain: domain.name, login } });
    return this.of(domain, directory, person);
  }

  /** The person behind an account, or undefined when the directory does not hold them any more. */
  async byAccount(domain: Domain, account: Account): Promise<FoundPerson | undefined> {
    const directory = await this.directories.for(domain);
    const person = await directory.findByKey(account.directoryKey);
    return person && this.of(domain, directory, person);
  }

  /** A person whom the directory has just shown, with our account for them. */
  async of(domain: Domain, directory: Directory, person: Person): Promise<FoundPerson> {
    return { domain, directory, person, ...(await this.accounts.attach(domain, person)) };
  }
}

/**
 * Refuses people for whom nothing may be done: switched off here or in the directory.
 *
 * @throws DomainError `account-not-activated`, `account-disabled`, `account-expired`, each with the DN
 */
export function requireUsable({ account, person }: FoundPerson): void {
  const params = { dn: person.dn };
  if (account.state !== 'active') throw new DomainError('account-not-activated', { params });
  if (person.disabled) throw new DomainError('account-disabled', { params });
  if (person.expired) throw new DomainError('account-expired', { params });
}

/** Whether anything may be done for a person; see {@link requireUsable}. */
export function isUsable(found: FoundPerson): boolean {
  try {
    requireUsable(found);
    return true;
  } catch (error) {
    if (DomainError.is(error)) return false;
    throw error;
  }
}
