import { Injectable } from '@nestjs/common';
import { isUuid } from '../core/database/uuid.js';
import { Directories } from '../core/directory/directories.js';
import { type FoundPerson, People } from '../core/directory/people.js';
import type { Domain } from '../core/domains/domain.entity.js';

/** People of a domain by their id on the wire, which is the directory's own immutable one. */
@Injectable()
export class PersonFinder {
  constructor(
    private readonly directories: Directories,
    private readonly people: People,
  ) {}

  /** The person; undefined when there is none, and for a text that is no id. */
  async byId(domain: Domain, id: string): Promise<FoundPerson | undefined> {
    if (!isUuid(id)) return undefined;
    const directory = await this.directories.for(domain);
    const person = await directory.findByKey(id.toLowerCase());
    return person && this.people.of(domain, directory, person);
  }

  /** The id of the person with this login. @throws DomainError `account-ambiguous` */
  async idOf(domain: Domain, login: string): Promise<string | undefined> {
    const directory = await this.directories.for(domain);
    return (await directory.findByLogin(login))?.key;
  }
}
