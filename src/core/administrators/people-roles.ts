import { Injectable } from '@nestjs/common';
import { Database, rows, type Tx } from '../database/database.js';
import type { Person } from '../directory/directory.js';
import type { FoundPerson } from '../directory/people.js';
import type { Domain } from '../domains/domain.entity.js';
import { foldName } from '../domains/fold-name.js';
import type { Role } from './administrator.entity.js';

/** The roles of one of many people; see `Administrators.roleOf` and `Administrators.standingOf`. */
export interface PersonRoles {
  /** The own one. */
  readonly role: Role | undefined;
  /** The one that decides who may help the person. */
  readonly standing: Role | undefined;
}

/** Somebody with a role, as it is kept. */
export interface RoleHolder {
  readonly key: string | null;
  readonly login: string;
}

const NONE: PersonRoles = { role: undefined, standing: undefined };

/** Roles of many people at once, and roles that are given and taken by call. */
@Injectable()
export class PeopleRoles {
  constructor(private readonly database: Database) {}

  /** What `Administrators` says of each of these people of one domain, with one statement. */
  async of(domain: Domain, people: readonly Person[]): Promise<(person: Person) => PersonRoles> {
    const found = await this.database.query<{ key: string; role: Role; here: boolean }>(
      `SELECT asked.key, held.role, held.domain_id = $1 AS here
       FROM unnest($2::text[], $3::text[]) AS asked (key, login_key)
       JOIN administrators held ON true
       JOIN domains home ON home.id = held.domain_id
       LEFT JOIN accounts bound ON bound.id = held.account_id
       WHERE CASE WHEN held.domain_id = $1
         THEN held.login_key = asked.login_key AND (held.account_id IS NULL OR bound.directory_key = asked.key)
         ELSE bound.directory_key = asked.key OR (bound.id IS NULL AND held.login_key = asked.login_key
           AND home.directory = $4 AND home.directory <> 'builtin') END`,
      [domain.id, people.map(({ key }) => key), people.map(({ login }) => foldName(login)), domain.directory],
    );
    const roles = new Map<string, PersonRoles>();
    for (const { key, role, here } of found) {
      const { role: own, standing } = roles.get(key) ?? NONE;
      roles.set(key, here ? { role, standing: standing ?? role } : { role: own, standing: 'global-admin' });
    }
    return ({ key }) => roles.get(key) ?? NONE;
  }

  /**
   * Whoever may hold a role that counts for people of this domain: by the key of their directory where the role is bound,
   * else by login. Whether it is so for a person, {@link of} tells.
   */
  holders({ id, directory }: Domain): Promise<RoleHolder[]> {
    return this.database.query<RoleHolder>(
      `SELECT DISTINCT bound.directory_key AS key, held.login
       FROM administrators held
       JOIN domains home ON home.id = held.domain_id
       LEFT JOIN accounts bound ON bound.id = held.account_id
       WHERE held.domain_id = $1 OR ($2 <> 'builtin' AND home.directory <> 'builtin'
         AND (bound.id IS NOT NULL OR home.directory = $2))`,
      [id, directory],
    );
  }

  /** Gives a person a role in place of the one that they or their login had; it is bound to their account. */
  async give(tx: Tx, { domain, person, account }: FoundPerson, role: Role): Promise<void> {
    await rows(
      tx,
      `INSERT INTO administrators (domain_id, login_key, login, role, account_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (domain_id, login_key) DO UPDATE SET role = excluded.role, account_id = excluded.account_id,
         certificates = CASE WHEN administrators.account_id IS DISTINCT FROM excluded.account_id
           AND administrators.account_id IS NOT NULL THEN '[]'::jsonb ELSE administrators.certificates END`,
      [domain.id, foldName(person.login), person.login, role, account.id],
    );
  }

  /** Takes the role of a person away; one that another account uses stays. */
  async takeAway(tx: Tx, { domain, person, account }: FoundPerson): Promise<void> {
    await rows(
      tx,
      `DELETE FROM administrators
       WHERE domain_id = $1 AND login_key = $2 AND (account_id IS NULL OR account_id = $3)`,
      [domain.id, foldName(person.login), account.id],
    );
  }

  /** Lets a role follow a person to another login; one that waits there already counts instead. */
  async follow(tx: Tx, found: FoundPerson, login: string): Promise<void> {
    const { domain, person, account } = found;
    await rows(
      tx,
      `UPDATE administrators SET login_key = $4, login = $5, account_id = $3
       WHERE domain_id = $1 AND login_key = $2 AND (account_id IS NULL OR account_id = $3)
         AND NOT EXISTS (SELECT FROM administrators there WHERE there.domain_id = $1 AND there.login_key = $4)`,
      [domain.id, foldName(person.login), account.id, foldName(login), login],
    );
    await this.takeAway(tx, found);
  }
}
