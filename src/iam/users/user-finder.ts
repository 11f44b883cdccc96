import { Injectable } from '@nestjs/common';
import { Directories } from '../../core/directory/directories.js';
import { type FoundPerson, People } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { isUuid } from '../links/request-id.js';

/** Users of a domain by their id, which is the directory's own immutable one. */
@Injectable()
export class UserFinder {
  constructor(
    private readonly directories: Directories,
    private readonly people: People,
  ) {}

  async byId(domain: Domain, id: string): Promise<FoundPerson | undefined> {
    if (!isUuid(id)) return undefined;
    const directory = await this.directories.for(domain);
    const person = await directory.findByKey(id.toLowerCase());
    return person && this.people.of(domain, directory, person);
  }
}
