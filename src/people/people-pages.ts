import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { reachesEverybody } from '../core/administrators/rights.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { PeopleQuery } from '../core/directory/capabilities/people-list.js';
import { Directories } from '../core/directory/directories.js';
import type { Directory } from '../core/directory/directory.js';
import type { Domain } from '../core/domains/domain.entity.js';
import type { PersonProfile } from './person-profile.js';
import { Profiles } from './profiles.js';
import { SeenPeople, type SeenPerson } from './seen-people.js';

/** Somebody in a list. */
export interface ListedPerson extends SeenPerson {
  readonly profile: PersonProfile | undefined;
}

/** One page of people, and the directory that it is from. */
export interface ListedPeople {
  readonly directory: Directory;
  readonly people: readonly ListedPerson[];
}

/** People read at once. */
const BLOCK = 1_000;
/** People looked through at most for a role that does not reach everybody. */
const MOST_LOOKED_AT = 100_000;

/** People of a domain page by page, with their profiles. Whom the caller does not see is not counted either. */
@Injectable()
export class PeoplePages {
  constructor(
    private readonly directories: Directories,
    private readonly profiles: Profiles,
    private readonly seen: SeenPeople,
  ) {}

  /**
   * @param query may ask for more people than a directory gives at once
   * @throws DomainError `directory-unsupported`, `directory-unavailable`
   */
  async page(by: AdministratorCaller, domain: Domain, query: PeopleQuery): Promise<ListedPeople> {
    const directory = await this.directories.for(domain);
    const rows = await this.rows(by, domain, directory, query);
    const people: ListedPerson[] = [];
    for (let at = 0; at < rows.length; at += BLOCK) {
      const block = rows.slice(at, at + BLOCK);
      const profiles = await this.profiles.of(
        domain,
        directory,
        block.map(({ person }) => person),
      );
      people.push(...block.map((row) => ({ ...row, profile: profiles.get(row.person.key) })));
    }
    return { directory, people };
  }

  private async rows(
    by: AdministratorCaller,
    domain: Domain,
    directory: Directory,
    { offset, limit, ...picked }: PeopleQuery,
  ): Promise<SeenPerson[]> {
    const list = capability(directory, 'list');
    // Where nobody is left out, the directory itself can skip.
    const [from, skipped, most] = reachesEverybody(by.role) ? [offset, 0, limit] : [0, offset, MOST_LOOKED_AT];
    const size = Math.min(most, BLOCK);
    const found: SeenPerson[] = [];
    for (let at = from; at < from + most && found.length < skipped + limit; at += size) {
      const { people } = await list.page({ ...picked, offset: at, limit: size });
      found.push(...(await this.seen.of(by, domain, people)));
      if (people.length < size) break;
    }
    return found.slice(skipped, skipped + limit);
  }
}
