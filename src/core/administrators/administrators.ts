import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { foldName } from '../domains/fold-name.js';
import type { FoundPerson } from '../directory/people.js';
import type { Role } from './administrator.entity.js';

/** A role, and whether it is bound to the account that first used it. */
export interface HeldRole {
  readonly role: Role;
  readonly bound: boolean;
}

/** Who holds which role. */
@Injectable()
export class Administrators {
  constructor(private readonly database: Database) {}

  /**
   * The role of a person. A role is bound to the account that first used it; another account that has the login now is
   * somebody else and has no role (attack class 19).
   */
  async roleOf(found: FoundPerson): Promise<Role | undefined> {
    return (await this.heldBy(found))?.role;
  }

  /**
   * The role that decides who may help a person. One held in another domain whose directory shows the same person counts
   * as the highest: a new password opens that domain too, so only who reaches both may give one (attack class 65).
   */
  async standingOf(found: FoundPerson): Promise<Role | undefined> {
    const { domain, person } = found;
    const elsewhere = await this.database.query(
      `SELECT 1 FROM administrators held
       JOIN domains home ON home.id = held.domain_id
       LEFT JOIN accounts bound ON bound.id = held.account_id
       WHERE held.domain_id <> $1 AND (
         bound.directory_key = $2 OR
         (bound.id IS NULL AND held.login_key = $3 AND home.directory = $4 AND home.directory <> 'builtin'))`,
      [domain.id, person.key, foldName(person.login), domain.directory],
    );
    return elsewhere.length > 0 ? 'global-admin' : this.roleOf(found);
  }

  /** Whether `fingerprint` (SHA-256 of the certificate, hex) is one of this administrator's certificates. */
  async hasCertificate({ domain, person }: FoundPerson, fingerprint: string | undefined): Promise<boolean> {
    if (fingerprint === undefined) return false;
    const found = await this.database.query(
      `SELECT 1 FROM administrators WHERE domain_id = $1 AND login_key = $2 AND certificates ? $3`,
      [domain.id, foldName(person.login), fingerprint],
    );
    return found.length > 0;
  }

  /** As {@link roleOf}, with whether the role is bound yet. */
  async heldBy({ domain, person, account }: FoundPerson): Promise<HeldRole | undefined> {
    const [held] = await this.database.query<HeldRole>(
      `SELECT role, account_id IS NOT NULL AS bound FROM administrators
       WHERE domain_id = $1 AND login_key = $2 AND (account_id IS NULL OR account_id = $3)`,
      [domain.id, foldName(person.login), account.id],
    );
    return held;
  }

  /** Binds the role to the account of a person who has just proved to be who they are. */
  async bind({ domain, person, account }: FoundPerson): Promise<void> {
    await this.database.query(
      'UPDATE administrators SET account_id = $3 WHERE domain_id = $1 AND login_key = $2 AND account_id IS NULL',
      [domain.id, foldName(person.login), account.id],
    );
  }
}
