import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { foldName } from '../domains/fold-name.js';
import type { FoundPerson } from '../directory/people.js';
import type { Role } from './administrator.entity.js';

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

  /** The role of a person who has just proved to be who they are; bound to their account from now on. */
  async assumeRole(found: FoundPerson): Promise<Role | undefined> {
    const held = await this.heldBy(found);
    if (held && !held.bound) await this.bind(found);
    return held?.role;
  }

  /** Whether `fingerprint` (SHA-256 of the certificate, hex) is one of this administrator's certificates. */
  async hasCertificate({ domain, person }: FoundPerson, fingerprint: string): Promise<boolean> {
    const found = await this.database.query(
      `SELECT 1 FROM administrators WHERE domain_id = $1 AND login_key = $2 AND certificates ? $3`,
      [domain.id, foldName(person.login), fingerprint],
    );
    return found.length > 0;
  }

  private async heldBy({ domain, person, account }: FoundPerson): Promise<{ role: Role; bound: boolean } | undefined> {
    const [held] = await this.database.query<{ role: Role; bound: boolean }>(
      `SELECT role, account_id IS NOT NULL AS bound FROM administrators
       WHERE domain_id = $1 AND login_key = $2 AND (account_id IS NULL OR account_id = $3)`,
      [domain.id, foldName(person.login), account.id],
    );
    return held;
  }

  private async bind({ domain, person, account }: FoundPerson): Promise<void> {
    await this.database.query(
      'UPDATE administrators SET account_id = $3 WHERE domain_id = $1 AND login_key = $2 AND account_id IS NULL',
      [domain.id, foldName(person.login), account.id],
    );
  }
}
