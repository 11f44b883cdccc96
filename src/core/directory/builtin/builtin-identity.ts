import type { Account } from '../account.entity.js';
import { accountOf, type AccountRow } from '../account-row.js';
import type { BuiltinPerson } from './builtin-person.entity.js';

/** What is told about a person, without what only their password is checked with. */
export type BuiltinIdentity = Pick<
  BuiltinPerson,
  | 'id'
  | 'login'
  | 'displayName'
  | 'firstName'
  | 'lastName'
  | 'mail'
  | 'mobile'
  | 'language'
  | 'passwordChangedAt'
  | 'mustChangePassword'
  | 'disabled'
  | 'lockedAt'
>;

/** The columns of {@link BuiltinIdentity} over `p`. */
export const IDENTITY_COLUMNS = `p.id, p.login, p.display_name, p.first_name, p.last_name, p.mail, p.mobile, p.language,
  p.password_changed_at, p.must_change_password, p.disabled, p.locked_at`;

/** What {@link IDENTITY_COLUMNS} read, and the person's account where there is one. */
export interface IdentityRow extends Omit<AccountRow, 'account_id'> {
  readonly id: string;
  readonly login: string;
  readonly display_name: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly mail: string | null;
  readonly mobile: string | null;
  readonly language: string | null;
  readonly password_changed_at: Date | null;
  readonly must_change_password: boolean;
  readonly disabled: boolean;
  readonly locked_at: Date | null;
  readonly account_id: string | null;
}

/** A person with our account for them, as one statement has read both. */
export interface IdentityWithAccount {
  readonly identity: BuiltinIdentity;
  readonly account: Account | undefined;
}

export function identityOf(row: IdentityRow): IdentityWithAccount {
  const { account_id } = row;
  return {
    identity: {
      id: row.id,
      login: row.login,
      displayName: row.display_name,
      firstName: row.first_name,
      lastName: row.last_name,
      mail: row.mail,
      mobile: row.mobile,
      language: row.language,
      passwordChangedAt: row.password_changed_at,
      mustChangePassword: row.must_change_password,
      disabled: row.disabled,
      lockedAt: row.locked_at,
    },
    account: account_id === null ? undefined : accountOf({ ...row, account_id }),
  };
}
