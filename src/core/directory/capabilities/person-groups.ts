import type { Person } from '../person.js';

/** A group of people, as the directory knows it at this moment. Never stored. */
export interface Group {
  /** The directory's own immutable id, see {@link Person.key}. */
  readonly key: string;
  /** Distinguished name (RFC 4514). Built-in groups have one too: `cn=<name>,ou=groups,dc=<domain>`. */
  readonly dn: string;
  readonly name: string;
  readonly description: string | undefined;
}

/**
 * Groups of people (manager-json-rpc section 12: Get_User_Groups; user-requests section 8: userGroups). Groups may lie
 * outside of the part of the directory where the people are.
 */
export interface PersonGroups {
  /**
   * The groups that a person is in, by name; also those by way of other groups where the directory tells (Active
   * Directory: LDAP_MATCHING_RULE_IN_CHAIN, MS-ADTS 3.1.1.3.4.4.3). Not Active Directory's primary group, which is the
   * same for nearly everybody.
   *
   * @throws DomainError `account-not-found` when the person is gone
   */
  of(person: Person): Promise<readonly Group[]>;

  /** The groups that there are, by name, 1,000 at most. */
  all(): Promise<readonly Group[]>;

  /** The keys of the people who are in the group themselves, 1,000 at most; of an unknown group, nobody. */
  members(key: string): Promise<readonly string[]>;

  /** What only a directory of our own lets us do. */
  readonly keeping?: GroupKeeping;
}

/** Making groups and putting people into them. */
export interface GroupKeeping {
  /** Makes a group, or gives the one that has the name. */
  ensure(name: string, description?: string): Promise<Group>;

  /**
   * Puts a person into exactly these groups.
   *
   * @throws DomainError `group-not-found` with the key, `account-not-found`
   */
  assign(person: Person, keys: readonly string[]): Promise<void>;

  /** Removes a group; the people in it stay. */
  remove(key: string): Promise<void>;
}
