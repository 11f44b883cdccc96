import { type Database, rows } from '../../database/database.js';
import { hydrate } from '../../database/guarded-update.js';
import type { EntryFields } from './builtin-entry.js';
import { BuiltinPerson } from './builtin-person.entity.js';

/** Named queries over built-in people as entries of a directory. */
export class BuiltinEntryRepository {
  constructor(private readonly database: Database) {}

  /**
   * Changes a person's attributes by what `change` makes of them; the row is locked meanwhile, so that of two changes at
   * once none is lost.
   *
   * @returns whether the person is still there
   */
  async change(domainId: string, id: string, change: (fields: EntryFields) => EntryFields): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const sql = 'SELECT * FROM builtin_people WHERE domain_id = $1 AND id = $2 FOR UPDATE';
      const [row] = await rows<Record<string, unknown>>(tx, sql, [domainId, id]);
      if (!row) return false;
      const { displayName, firstName, lastName, mail, mobile, language, ldapAttributes } = change(
        hydrate(tx, BuiltinPerson, row),
      );
      await rows(
        tx,
        `UPDATE builtin_people SET display_name = $2, first_name = $3, last_name = $4, mail = $5, mobile = $6,
           language = $7, ldap_attributes = $8::jsonb WHERE id = $1 RETURNING id`,
        [id, displayName, firstName, lastName, mail, mobile, language, JSON.stringify(ldapAttributes)],
      );
      return true;
    });
  }

  /** The people of a domain, by login, from behind `after` on. */
  async portion(domainId: string, after: string, count: number): Promise<BuiltinPerson[]> {
    const found = await this.database.query<Record<string, unknown>>(
      'SELECT * FROM builtin_people WHERE domain_id = $1 AND login_key > $2 ORDER BY login_key LIMIT $3',
      [domainId, after, count],
    );
    return found.map((row) => hydrate(this.database.manager, BuiltinPerson, row));
  }
}
