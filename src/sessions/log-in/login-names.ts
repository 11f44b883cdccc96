import { Injectable } from '@nestjs/common';
import { Directories } from '../../core/directory/directories.js';
import type { Directory, Person } from '../../core/directory/directory.js';
import { type FoundPerson, People } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';

/** Whom a domain and a login name, and where the password is to be checked; some directory also for nobody. */
export interface NamedPerson {
  readonly domain: Domain | undefined;
  readonly directory: Directory | undefined;
  readonly person: Person | undefined;
}

/** Reads who is meant by domain and login. Finding nobody is an outcome, not an error. */
@Injectable()
export class LoginNames {
  constructor(
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly people: People,
  ) {}

  async find(domainName: string, login: string): Promise<NamedPerson> {
    const snapshot = await this.configuration.snapshot();
    const domain = snapshot.domain(domainName);
    const asked = domain ?? snapshot.domains.find(({ blocked }) => !blocked);
    const directory = asked && (await this.directories.for(asked));
    return { domain, directory, person: domain && directory && (await byLogin(directory, login)) };
  }

  /** The person with our account for them. */
  async holder({ domain, directory, person }: NamedPerson): Promise<FoundPerson | undefined> {
    return domain && directory && person && this.people.of(domain, directory, person);
  }
}

async function byLogin(directory: Directory, login: string): Promise<Person | undefined> {
  try {
    return await directory.findByLogin(login);
  } catch (error) {
    if (!DomainError.is(error, 'account-ambiguous')) throw error;
    return undefined;
  }
}
