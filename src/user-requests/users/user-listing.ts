import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { Account } from '../../core/directory/account.entity.js';
import { Database } from '../../core/database/database.js';
import type { Person } from '../../core/directory/directory.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { PeoplePages } from '../../people/people-pages.js';
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

/** Users in one answer. */
export const MOST_USERS = 1_000;

/** Users of a domain whom a caller sees, by login. */
@Injectable()
export class UserListing {
  constructor(
    private readonly pages: PeoplePages,
    private readonly groups: UserGroups,
    private readonly database: Database,
  ) {}

  /** @throws DomainError `directory-unsupported`, `directory-unavailable` */
  async page(
    by: AdministratorCaller,
    domain: Domain,
    { group, size, offset, excluded }: UserQuery,
  ): Promise<UserJson[]> {
    const query = { ...(group !== undefined && { group }), offset, limit: size };
    const { directory, people: listed } = await this.pages.page(by, domain, query);
    const people = listed.map(({ person }) => person);
    const accounts = await this.accounts(domain, people);
    const groups = excluded.has('groups') ? undefined : await this.groups.ofEach(directory, people);
    return listed.map((row) => {
      const { key } = row.person;
      const user = userView({ domain, ...row, account: accounts.get(key), groups: groups?.get(key) ?? [] });
      return without(user, excluded);
    });
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
