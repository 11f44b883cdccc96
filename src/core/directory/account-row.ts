import type { KeyedDigest } from '../crypto/secret-types.js';
import { Account, type AccountState } from './account.entity.js';

/** The columns of {@link Account} over `a`, under names of their own so that they can be read with others. */
export const ACCOUNT_COLUMNS = `a.id AS account_id, a.domain_id AS account_domain_id, a.directory_key AS account_key,
  a.login AS account_login, a.state AS account_state, a.credential_generation AS account_generation,
  a.contact_digest AS account_contact, a.created_at AS account_created_at,
  a.first_logon_at AS account_first_logon_at, a.last_logon_at AS account_last_logon_at`;

/** What {@link ACCOUNT_COLUMNS} read. */
export interface AccountRow {
  readonly account_id: string;
  readonly account_domain_id: string;
  readonly account_key: string;
  readonly account_login: string;
  readonly account_state: AccountState;
  readonly account_generation: number;
  readonly account_contact: KeyedDigest | null;
  readonly account_created_at: Date;
  readonly account_first_logon_at: Date | null;
  readonly account_last_logon_at: Date | null;
}

/** An account as it was read, without the detour over the mapping of entities (design, invariant 12). */
export function accountOf(row: AccountRow): Account {
  return Object.assign(new Account(), {
    id: row.account_id,
    domainId: row.account_domain_id,
    directoryKey: row.account_key,
    login: row.account_login,
    state: row.account_state,
    credentialGeneration: row.account_generation,
    contactDigest: row.account_contact,
    createdAt: row.account_created_at,
    firstLogonAt: row.account_first_logon_at,
    lastLogonAt: row.account_last_logon_at,
  } satisfies Account);
}
