import { type Database, rows, sqlState, type Tx } from '../../database/database.js';
import type { BuiltinPerson } from './builtin-person.entity.js';

/** Columns that {@link BuiltinRegistryRepository.update} may be given. */
export type PersonColumns = Partial<
  Pick<
    BuiltinPerson,
    | 'login'
    | 'loginKey'
    | 'displayName'
    | 'firstName'
    | 'lastName'
    | 'mail'
    | 'mobile'
    | 'language'
    | 'attributes'
    | 'disabled'
  >
>;

const COLUMN_NAMES: Readonly<Record<keyof PersonColumns, string>> = {
  login: 'login',
  loginKey: 'login_key',
  displayName: 'display_name',
  firstName: 'first_name',
  lastName: 'last_name',
  mail: 'mail',
  mobile: 'mobile',
  language: 'language',
  attributes: 'attributes',
  disabled: 'disabled',
};

const UNIQUE_VIOLATION = '23505';

/** Statements that make, change and remove built-in people. */
export class BuiltinRegistryRepository {
  constructor(private readonly database: Database) {}

  /** @returns whether the login was free; of any number at once, one finds it so */
  async insert(tx: Tx, person: BuiltinPerson): Promise<boolean> {
    const inserted = await rows(
      tx,
      `INSERT INTO builtin_people (id, domain_id, login, login_key, display_name, first_name, last_name, mail, mobile,
         language, password_hash, password_changed_at, disabled, attributes, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15)
       ON CONFLICT (domain_id, login_key) DO NOTHING RETURNING id`,
      [
        person.id,
        person.domainId,
        person.login,
        person.loginKey,
        person.displayName,
        person.firstName,
        person.lastName,
        person.mail,
        person.mobile,
        person.language,
        person.passwordHash,
        person.passwordChangedAt,
        person.disabled,
        JSON.stringify(person.attributes),
        person.createdAt,
      ],
    );
    return inserted.length > 0;
  }

  /** @returns whether the person is there; `taken` when another one has the new login */
  async update(domainId: string, id: string, columns: PersonColumns): Promise<boolean | 'taken'> {
    const given = (Object.keys(COLUMN_NAMES) as (keyof PersonColumns)[]).filter((name) => columns[name] !== undefined);
    const values = given.map((name) => (name === 'attributes' ? JSON.stringify(columns[name]) : columns[name]));
    const assignments = given.map((name, index) => `${COLUMN_NAMES[name]} = $${index + 3}`);
    const sql = `UPDATE builtin_people SET ${['id = id', ...assignments].join(', ')} WHERE domain_id = $1 AND id = $2 RETURNING id`;
    try {
      return (await this.database.query(sql, [domainId, id, ...values])).length > 0;
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION) return 'taken';
      throw error;
    }
  }

  /** Removes a person with all that hangs on them here. */
  async delete(domainId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const sql = 'DELETE FROM builtin_people WHERE domain_id = $1 AND id = $2 RETURNING id';
      if ((await rows(tx, sql, [domainId, id])).length === 0) return;
      await rows(tx, 'DELETE FROM builtin_password_history WHERE person_id = $1', [id]);
      await rows(tx, 'DELETE FROM builtin_group_members WHERE person_id = $1', [id]);
    });
  }
}
