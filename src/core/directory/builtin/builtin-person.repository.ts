import { Injectable } from '@nestjs/common';
import type { PasswordHash } from '../../crypto/secret-types.js';
import { Database, rows, type Tx } from '../../database/database.js';
import { hydrate } from '../../database/guarded-update.js';
import { isUuid } from '../../database/uuid.js';
import type { IdentityWithAccount } from './builtin-identity.js';
import { BuiltinLookup } from './builtin-lookup.js';
import { BuiltinPerson } from './builtin-person.entity.js';

/** Named queries over the built-in directory's people. */
@Injectable()
export class BuiltinPersonRepository {
  private readonly byLoginKey: BuiltinLookup;
  private readonly byPersonId: BuiltinLookup;

  constructor(private readonly database: Database) {
    this.byLoginKey = new BuiltinLookup(database, ['login_key', 'text']);
    this.byPersonId = new BuiltinLookup(database, ['id', 'uuid']);
  }

  /** Who the person with this login is, with their account; see {@link BuiltinLookup}. */
  identityByLogin(domainId: string, loginKey: string): Promise<IdentityWithAccount | undefined> {
    return this.byLoginKey.find(domainId, loginKey);
  }

  /** The same by the person's id. */
  identityById(domainId: string, id: string): Promise<IdentityWithAccount | undefined> {
    return isUuid(id) ? this.byPersonId.find(domainId, id) : Promise.resolve(undefined);
  }

  byLogin(domainId: string, loginKey: string): Promise<BuiltinPerson | null> {
    return this.one('domain_id = $1 AND login_key = $2', [domainId, loginKey]);
  }

  byId(domainId: string, id: string): Promise<BuiltinPerson | null> {
    return isUuid(id) ? this.one('domain_id = $1 AND id = $2', [domainId, id]) : Promise.resolve(null);
  }

  /** People with this mail address, in whatever case it is written: two at the most, to tell one from several. */
  async byMail(domainId: string, mail: string): Promise<BuiltinPerson[]> {
    const found = await this.database.query<Record<string, unknown>>(
      'SELECT * FROM builtin_people WHERE domain_id = $1 AND lower(mail) = lower($2) LIMIT 2',
      [domainId, mail],
    );
    return found.map((row) => hydrate(this.database.manager, BuiltinPerson, row));
  }

  /**
   * Counts a password check before the password is looked at, unless the person is locked, and locks at the limit.
   * One statement and its own commit, so that of any number of parallel guesses no more than `limit` are looked at.
   *
   * @returns whether the password may be looked at
   */
  async countAttempt(id: string, attempt: { now: Date; limit: number; lockedSince: Date }): Promise<boolean> {
    const counted = await this.database.query(
      `UPDATE builtin_people SET
         failed_logins = CASE WHEN locked_at IS NOT NULL THEN 1 ELSE failed_logins + 1 END,
         locked_at = CASE WHEN $3 > 0 AND (CASE WHEN locked_at IS NOT NULL THEN 1 ELSE failed_logins + 1 END) >= $3
                          THEN $2::timestamptz END
       WHERE id = $1 AND (locked_at IS NULL OR locked_at <= $4) RETURNING id`,
      [id, attempt.now, attempt.limit, attempt.lockedSince],
    );
    return counted.length > 0;
  }

  /** Forgets counted attempts and a lock: the password was right, or an administrator unlocked. */
  async clearAttempts(id: string): Promise<void> {
    await this.database.query('UPDATE builtin_people SET failed_logins = 0, locked_at = NULL WHERE id = $1', [id]);
  }

  /** Whether the person is still there; they must choose another password then. */
  async demandPasswordChange(id: string): Promise<boolean> {
    const demanded = await this.database.query(
      'UPDATE builtin_people SET must_change_password = true WHERE id = $1 RETURNING id',
      [id],
    );
    return demanded.length > 0;
  }

  /** The newest earlier passwords, at most `count`. */
  async history(personId: string, count: number): Promise<PasswordHash[]> {
    if (count === 0) return [];
    const earlier = await this.database.query<{ password_hash: PasswordHash }>(
      'SELECT password_hash FROM builtin_password_history WHERE person_id = $1 ORDER BY id DESC LIMIT $2',
      [personId, count],
    );
    return earlier.map((row) => row.password_hash);
  }

  /**
   * Writes the new password, keeps the old one in the history and forgets what is older than `keep`. Failed attempts at
   * the old password are forgotten; a lock stays, lifting it is {@link clearAttempts}' business.
   *
   * @returns whether the person is still there
   */
  async replacePassword(tx: Tx, id: string, passwordHash: PasswordHash, now: Date, keep: number): Promise<boolean> {
    await rows(
      tx,
      `INSERT INTO builtin_password_history (person_id, password_hash, replaced_at)
       SELECT id, password_hash, $2 FROM builtin_people WHERE id = $1 AND password_hash IS NOT NULL`,
      [id, now],
    );
    const written = await rows(
      tx,
      `UPDATE builtin_people SET password_hash = $2, password_changed_at = $3, must_change_password = false,
         failed_logins = CASE WHEN locked_at IS NULL THEN 0 ELSE failed_logins END
       WHERE id = $1 RETURNING id`,
      [id, passwordHash, now],
    );
    await rows(
      tx,
      `DELETE FROM builtin_password_history WHERE person_id = $1 AND id NOT IN (
         SELECT id FROM builtin_password_history WHERE person_id = $1 ORDER BY id DESC LIMIT $2)`,
      [id, keep],
    );
    return written.length > 0;
  }

  private async one(where: string, parameters: unknown[]): Promise<BuiltinPerson | null> {
    const [row] = await this.database.query<Record<string, unknown>>(
      `SELECT * FROM builtin_people WHERE ${where}`,
      parameters,
    );
    return row ? hydrate(this.database.manager, BuiltinPerson, row) : null;
  }
}
