import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { isUuid } from '../core/database/uuid.js';
import { Directories } from '../core/directory/directories.js';
import { type FoundPerson, People } from '../core/directory/people.js';
import type { Domain } from '../core/domains/domain.entity.js';
import { SeenPeople } from './seen-people.js';

/** People of a domain by their id on the wire, which is the directory's own immutable one. */
@Injectable()
export class PersonFinder {
  constructor(
    private readonly directories: Directories,
    private readonly people: People,
    private readonly seen: SeenPeople,
  ) {}

  /** The person; undefined when there is none, and for a text that is no id. */
  async byId(domain: Domain, id: string): Promise<FoundPerson | undefined> {
    if (!isUuid(id)) return undefined;
    const directory = await this.directories.for(domain);
    const person = await directory.findByKey(id.toLowerCase());
    return person && this.people.of(domain, directory, person);
  }

  /** The id of the person with this login, if the caller sees them. @throws DomainError `account-ambiguous` */
  async idOf(by: AdministratorCaller, domain: Domain, login: string): Promise<string | undefined> {
    const directory = await this.directories.for(domain);
    const person = await directory.findByLogin(login);
    const [seen] = person ? await this.seen.of(by, domain, [person]) : [];
    return seen?.person.key;
  }
}
