import type { LdapEntry } from './ldap-entry.js';
import type { LdapChange } from './ldap-requests.js';

/** How a kind of directory makes accounts, and switches them off and on. */
export interface AccountSwitch {
  /** Attributes of a new entry with which nobody can log on before it is complete. */
  readonly initial: Readonly<Record<string, readonly string[]>>;

  /** Whether an account that is on must have a password; a person without one gets one that nobody knows. */
  readonly needsPassword: boolean;

  isDisabled(entry: LdapEntry, now: Date): boolean;

  /** What switches the account off or on; nothing when it is so already. */
  changes(entry: LdapEntry, disabled: boolean): readonly LdapChange[];

  /** What makes a person with a password that nobody knows choose one. */
  readonly mustChange: readonly LdapChange[];

  /** What makes a person choose another password at the next log-on. */
  readonly demandChange: readonly LdapChange[];
}
