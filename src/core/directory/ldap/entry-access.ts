import type { Person } from '../directory.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import type { LdapFilter } from './ldap-filters.js';
import type { LdapSettings } from './ldap-settings.js';
import type { PeopleSearch } from './people-search.js';
import type { ServicePool } from './service-pool.js';

/** What the capabilities of an LDAP directory stand on: its connections, its people, and what is special to its kind. */
export interface EntryAccess {
  readonly settings: LdapSettings;
  readonly pool: ServicePool;
  readonly people: PeopleSearch;

  /**
   * The entry of a person found earlier, read anew by its key, with the usual attributes or these.
   *
   * @throws DomainError `account-not-found` when it is gone
   */
  entryOf(person: Person, connection: LdapConnection, attributes?: readonly string[]): Promise<LdapEntry>;

  toPerson(entry: LdapEntry, connection: LdapConnection): Promise<Person>;

  /** The attribute with the directory's own immutable id, and that id of an entry. */
  readonly keyAttribute: string;
  keyOf(entry: LdapEntry): string | undefined;

  /** The filter for a key; undefined when it cannot be one. */
  keyFilter(key: string): LdapFilter | undefined;
}
