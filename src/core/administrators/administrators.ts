import { Injectable } from '@nestjs/common';
import { CombinedRows } from '../database/combined-rows.js';
import { Database } from '../database/database.js';
import type { RowColumn } from '../database/row-parameters.js';
import type { Domain } from '../domains/domain.entity.js';
import { foldName } from '../domains/fold-name.js';
import type { AccountState } from '../directory/account.entity.js';
import type { FoundPerson } from '../directory/people.js';
import type { Role } from './administrator.entity.js';
import type { NamedManager } from './manager-names.js';

/** A role, and whether it is bound to the account that first used it; or why there is none to be used. */
export type Standing = { readonly role: Role; readonly bound: boolean } | { readonly refusal: string };

/** Login and id of nobody. */
const NOBODY = '';

interface RoleRow {
  readonly role: Role;
}

/** What is asked of a person; the requests of one moment ask together. */
const PERSON_COLUMNS: readonly RowColumn<FoundPerson>[] = [
  ['domain_id', 'uuid', ({ domain }) => domain.id],
  ['directory', 'text', ({ domain }) => domain.directory],
  ['directory_key', 'text', ({ person }) => person.key],
  ['login_key', 'text', ({ person }) => foldName(person.login)],
  ['account_id', 'uuid', ({ account }) => account.id],
];

/** Who holds which role. */
@Injectable()
export class Administrators {
  private readonly roles: CombinedRows<FoundPerson, RoleRow, Role | undefined>;
  private readonly standings: CombinedRows<FoundPerson, RoleRow & { here: boolean }, Role | undefined>;

  constructor(private readonly database: Database) {
    this.roles = new CombinedRows<FoundPerson, RoleRow, Role | undefined>(database, {
      columns: PERSON_COLUMNS,
      sql: (from) => `SELECT asked.place, held.role FROM ${from} JOIN administrators held
        ON held.domain_id = asked.domain_id AND held.login_key = asked.login_key
          AND (held.account_id IS NULL OR held.account_id = asked.account_id)`,
      outcome: ([held]) => held?.role,
    });
    this.standings = new CombinedRows<FoundPerson, RoleRow & { here: boolean }, Role | undefined>(database, {
      columns: PERSON_COLUMNS,
      sql: (from) => `SELECT asked.place, held.role, held.domain_id = asked.domain_id AS here FROM ${from}
        CROSS JOIN administrators held
        JOIN domains home ON home.id = held.domain_id
        LEFT JOIN accounts bound ON bound.id = held.account_id
        WHERE CASE WHEN held.domain_id = asked.domain_id
          THEN held.login_key = asked.login_key AND (held.account_id IS NULL OR held.account_id = asked.account_id)
          ELSE bound.directory_key = asked.directory_key OR (bound.id IS NULL AND held.login_key = asked.login_key
            AND home.directory = asked.directory AND home.directory <> 'builtin') END`,
      outcome: (held) => (held.some(({ here }) => !here) ? 'global-admin' : held[0]?.role),
    });
  }

  /**
   * The role of a person. A role is bound to the account that first used it; another account that has the login now is
   * somebody else and has no role (attack class 19).
   */
  roleOf(found: FoundPerson): Promise<Role | undefined> {
    return this.roles.run(found);
  }

  /**
   * The role that somebody would have who was given this login now: one that nobody has used yet, or whose holder is
   * gone. It must not fall to whoever comes first (attack class 19). One held in another domain whose directory shows
   * the same people counts as the highest.
   */
  async roleOfLogin(domain: Domain, login: string): Promise<Role | undefined> {
    const [held] = await this.database.query<{ role: Role; here: boolean }>(
      `SELECT held.role, held.domain_id = $1 AS here FROM administrators held
       JOIN domains home ON home.id = held.domain_id
       WHERE held.login_key = $2 AND (held.domain_id = $1 OR (home.directory = $3 AND home.directory <> 'builtin'))
       ORDER BY here LIMIT 1`,
      [domain.id, foldName(login), domain.directory],
    );
    return held && (held.here ? held.role : 'global-admin');
  }

  /**
   * What somebody who wants to log in as this person may become. One statement, whoever is named and whether anybody is
   * (attack class 46); nobody's account is made by it.
   *
   * @param proof asks for one of the administrator's certificates: its SHA-256 fingerprint in hex
   */
  async standing(
    { domain, person }: NamedManager,
    proof: { readonly certificate: string | undefined } | undefined,
  ): Promise<Standing> {
    const [held] = await this.database.query<{
      role: Role | null;
      bound: boolean;
      certified: boolean;
      state: AccountState | null;
    }>(
      `SELECT administrator.role, administrator.account_id IS NOT NULL AS bound, account.state,
              coalesce(administrator.certificates ? $4, false) AS certified
       FROM (SELECT $1::uuid AS domain_id, $2::text AS login_key, $3::text AS directory_key) named
       LEFT JOIN accounts account USING (domain_id, directory_key)
       LEFT JOIN administrators administrator ON administrator.domain_id = named.domain_id
         AND administrator.login_key = named.login_key
         AND (administrator.account_id IS NULL OR administrator.account_id = account.id)`,
      [domain?.id ?? null, person ? foldName(person.login) : NOBODY, person?.key ?? NOBODY, proof?.certificate ?? ''],
    );
    if (!person) return { refusal: 'unknown name' };
    if (held?.state && held.state !== 'active') return { refusal: 'account-not-activated' };
    if (person.disabled) return { refusal: 'account-disabled' };
    if (person.expired) return { refusal: 'account-expired' };
    if (!held?.role) return { refusal: 'not an administrator' };
    if (proof && !held.certified) return { refusal: 'no certificate of this administrator' };
    return { role: held.role, bound: held.bound };
  }

  /**
   * The role that decides who may help a person. One held in another domain whose directory shows the same person counts
   * as the highest: a new password opens that domain too, so only who reaches both may give one (attack class 65).
   */
  standingOf(found: FoundPerson): Promise<Role | undefined> {
    return this.standings.run(found);
  }

  /** Binds the role to the account of a person who has just proved to be who they are. */
  async bind({ domain, person, account }: FoundPerson): Promise<void> {
    await this.database.query(
      'UPDATE administrators SET account_id = $3 WHERE domain_id = $1 AND login_key = $2 AND account_id IS NULL',
      [domain.id, foldName(person.login), account.id],
    );
  }
}
