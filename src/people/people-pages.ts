import { Injectable } from '@nestjs/common';
import { capability } from '../core/directory/capabilities/capability.js';
import type { PeopleQuery } from '../core/directory/capabilities/people-list.js';
import { Directories } from '../core/directory/directories.js';
import type { Directory, Person } from '../core/directory/directory.js';
import type { Domain } from '../core/domains/domain.entity.js';
import type { PersonProfile } from './person-profile.js';
import { Profiles } from './profiles.js';

/** Somebody in a list. */
export interface ListedPerson {
  readonly person: Person;
  readonly profile: PersonProfile | undefined;
}

/** One page of people, and the directory that it is from. */
export interface ListedPeople {
  readonly directory: Directory;
  readonly people: readonly ListedPerson[];
}

/** People of a domain page by page, with their profiles. */
@Injectable()
export class PeoplePages {
  constructor(
    private readonly directories: Directories,
    private readonly profiles: Profiles,
  ) {}

  /** @throws DomainError `directory-unsupported`, `directory-unavailable` */
  async page(domain: Domain, query: PeopleQuery): Promise<ListedPeople> {
    const directory = await this.directories.for(domain);
    const { people } = await capability(directory, 'list').page(query);
    const profiles = await this.profiles.of(domain, directory, people);
    return { directory, people: people.map((person) => ({ person, profile: profiles.get(person.key) })) };
  }
}
