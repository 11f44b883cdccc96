import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { PeopleRoles, type PersonRoles } from '../../core/administrators/people-roles.js';
import { mayReach, reachesEverybody } from '../../core/administrators/rights.js';
import type { Account } from '../../core/directory/account.entity.js';
import { Database } from '../../core/database/database.js';
import { capability } from '../../core/directory/capabilities/capability.js';
import type { PeopleQuery } from '../../core/directory/capabilities/people-list.js';
import { Directories } from '../../core/directory/directories.js';
import type { Directory, Person } from '../../core/directory/directory.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { Profiles } from '../../people/profiles.js';
import { UserGroups } from './user-groups.js';
import { type UserJson, userView, without } from './user-view.js';

/** Which users a call asks for. */
export interface UserQuery {
  /** Id of a group. */
  readonly group: string | undefined;
  /** Users at most, 1 to {@link MOST_USERS}. */
  readonly size: number;
  /** Users to skip. */
  readonly offset: number;
  /** Members that are left out. */
  readonly excluded: ReadonlySet<string>;
}

/** Users in one answer, and people read at once. */
export const MOST_USERS = 1_000;
/** People looked through at most for a role that does not reach everybody. */
const MOST_PEOPLE = 100_000;

/** Somebody in the list, with the roles that decide whether the caller sees them. */
interface Row {
  readonly person: Person;
  readonly roles: PersonRoles;
}

/**
 * Users of a domain, by login. Whom the caller's role does not reach is left out, and not counted either (attack class
 * 48): their records cannot be read one by one either.
 */
@Injectable()
export class UserListing {
  constructor(
    private readonly directories: Directories,
    private readonly profiles: Profiles,
    private readonly roles: PeopleRoles,
    private readonly groups: UserGroups,
    private readonly database: Database,
  ) {}

  /** @throws DomainError `directory-unsupported`, `directory-unavailable` */
  async page(by: AdministratorCaller, domain: Domain, query: UserQuery): Promise<UserJson[]> {
    const directory = await this.directories.for(domain);
    const rows = await this.rows(by, domain, directory, query);
    const people = rows.map(({ person }) => person);
    const profiles = await this.profiles.of(domain, directory, people);
    const accounts = await this.accounts(domain, people);
    const groups = query.excluded.has('groups') ? undefined : await this.groups.ofEach(directory, people);
    return rows.map(({ person, roles: { role } }) => {
      const kept = { profile: profiles.get(person.key), account: accounts.get(person.key) };
      const user = userView({ domain, person, ...kept, role, groups: groups?.get(person.key) ?? [] });
      return without(user, query.excluded);
    });
  }

  private async rows(
    by: AdministratorCaller,
    domain: Domain,
    directory: Directory,
    { group, size, offset }: UserQuery,
  ): Promise<Row[]> {
    const picked = group === undefined ? {} : { group };
    if (reachesEverybody(by.role)) return this.block(domain, directory, { ...picked, offset, limit: size });
    const wanted = offset + size;
    const seen: Row[] = [];
    for (let at = 0; at < MOST_PEOPLE && seen.length < wanted; at += MOST_USERS) {
      const block = await this.block(domain, directory, { ...picked, offset: at, limit: MOST_USERS });
      const reached = ({ roles }: Row): boolean => mayReach(by, { domainId: domain.id, role: roles.standing });
      seen.push(...block.filter(reached));
      if (block.length < MOST_USERS) break;
    }
    return seen.slice(offset, wanted);
  }

  private async block(domain: Domain, directory: Directory, query: PeopleQuery): Promise<Row[]> {
    const { people } = await capability(directory, 'list').page(query);
    const rolesOf = await this.roles.of(domain, people);
    return people.map((person) => ({ person, roles: rolesOf(person) }));
  }

  /** Our accounts for these people, by the directory's key; a list makes none. */
  private async accounts(
    domain: Domain,
    people: readonly Person[],
  ): Promise<ReadonlyMap<string, Pick<Account, 'state' | 'firstLogonAt' | 'lastLogonAt'>>> {
    const found = await this.database.query<Pick<Account, 'state' | 'firstLogonAt' | 'lastLogonAt'> & { key: string }>(
      `SELECT directory_key AS key, state, first_logon_at AS "firstLogonAt", last_logon_at AS "lastLogonAt"
       FROM accounts WHERE domain_id = $1 AND directory_key = ANY($2)`,
      [domain.id, people.map(({ key }) => key)],
    );
    return new Map(found.map((account) => [account.key, account]));
  }
}
