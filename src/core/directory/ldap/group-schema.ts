import type { LdapEntry } from './ldap-entry.js';
import type { LdapFilter } from './ldap-filters.js';
import type { LdapSettings } from './ldap-settings.js';

/** How a kind of directory keeps groups. */
export interface GroupSchema {
  /** What groups are. */
  readonly groups: LdapFilter;
  /** Attributes of a group besides name and description that {@link inside} looks at. */
  readonly groupAttributes: readonly string[];
  /** Attributes of a person besides the usual ones that {@link holding} and {@link named} look at. */
  readonly personAttributes: readonly string[];
  /** The groups that hold this person. */
  holding(person: LdapEntry, settings: LdapSettings): LdapFilter;
  /** Names of groups that the person's own entry gives. */
  named(person: LdapEntry): readonly string[];
  /** The people in a group, as filters of a size that servers take. */
  inside(group: LdapEntry, settings: LdapSettings): readonly LdapFilter[];
}
