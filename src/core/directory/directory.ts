import type { PlainSecret } from '../crypto/secret-types.js';
import type { Tx } from '../database/database.js';
import type { ObjectSearch } from './capabilities/object-search.js';
import type { PasswordExpiry } from './capabilities/password-expiry.js';
import type { PeopleList } from './capabilities/people-list.js';
import type { PersonAttributes } from './capabilities/person-attributes.js';
import type { PersonGroups } from './capabilities/person-groups.js';
import type { PersonRegistry } from './capabilities/person-registry.js';
import type { PasswordRules } from './password-rules.js';
import type { Person } from './person.js';

export type DirectoryKind = 'builtin' | 'openldap' | 'active-directory';

export type { Person } from './person.js';

/**
 * How a password check ended. `password-must-change`, `password-expired`, `account-locked`, `account-disabled` and
 * `account-expired` are told apart only when the directory says so by itself.
 */
export type PasswordCheck =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code:
        | 'credentials-invalid'
        | 'password-must-change'
        | 'password-expired'
        | 'account-locked'
        | 'account-disabled'
        | 'account-expired';
    };

/**
 * Given by a caller that has counted the attempt itself and bounds how many there are (see `GuardedAttempts`). Those
 * from unfamiliar addresses then stay out of the built-in directory's own lock; other directories count as they do.
 */
export interface PasswordGuard {
  /** Whether the attempt comes from an address that was right for this person before. */
  readonly familiar: boolean;
}

/**
 * The rest of a password change. A remote directory has already changed the password when it hands this out, and the
 * function does nothing; the built-in directory writes in the caller's transaction, so that password and outcome are
 * committed together.
 */
export type PasswordWrite = (tx: Tx) => Promise<void>;

/** One line of `latchkey doctor`. */
export interface Finding {
  readonly ok: boolean;
  /** What was looked at, e.g. `directory corp: service account`. */
  readonly subject: string;
  /** One plain sentence: what is right, or what is wrong and what to do. Never a secret. */
  readonly text: string;
}

/**
 * What a directory may be able to do besides. Each is absent where the directory has nothing like it; ask by way of
 * {@link capability}. All throw what every method of {@link Directory} throws.
 */
export interface DirectoryCapabilities {
  readonly attributes?: PersonAttributes;
  readonly groups?: PersonGroups;
  readonly search?: ObjectSearch;
  readonly registry?: PersonRegistry;
  readonly list?: PeopleList;
  readonly passwordExpiry?: PasswordExpiry;
}

/**
 * Where a domain's people and passwords live. One instance serves a domain for the process's life and keeps no state
 * about people between calls.
 *
 * Every method throws DomainError `directory-unavailable` when the directory cannot be reached in time and
 * `directory-misconfigured` when it refuses the service account.
 */
export interface Directory extends DirectoryCapabilities {
  readonly kind: DirectoryKind;

  /**
   * Finds the one person whose login attributes hold `login`, compared as the directory compares them; characters with
   * a meaning in filters or patterns count as themselves.
   *
   * @throws DomainError `account-ambiguous` when several entries match
   */
  findByLogin(login: string): Promise<Person | undefined>;

  /** Finds the person with the directory's own id; see {@link Person.key}. */
  findByKey(key: string): Promise<Person | undefined>;

  /** Finds the person with this distinguished name, when it lies in the domain's part of the directory. */
  findByDn(dn: string): Promise<Person | undefined>;

  /**
   * Finds the one person with this mail address, compared without regard to case; characters with a meaning in filters
   * or patterns count as themselves.
   *
   * @throws DomainError `account-ambiguous` when several people have it
   */
  findByMail(mail: string): Promise<Person | undefined>;

  /**
   * Checks a password against the directory. An empty one is refused before any bind (RFC 4513 section 5.1.2).
   * `undefined` costs what a real check costs and is never right (attack class 46).
   */
  verifyPassword(person: Person | undefined, password: PlainSecret, guard?: PasswordGuard): Promise<PasswordCheck>;

  /** The rules in force for this person, as far as the service account may read them. */
  passwordRules(person: Person): Promise<PasswordRules>;

  /**
   * Sets a new password as an administrator would, with the directory's own rules enforced, and clears "must change".
   *
   * @throws DomainError `password-in-history`, `password-too-short`, `password-too-young`, `password-too-simple`,
   *   `password-refused`, `password-change-forbidden`, `account-disabled`, `directory-rights-missing`;
   *   `account-not-found` when the person is gone, also from the function handed out
   */
  setPassword(person: Person, password: PlainSecret): Promise<PasswordWrite>;

  /** Lifts a lock after failed log-ons; the password stays as it is. */
  unlock(person: Person): Promise<void>;

  /** A cheap sign of life for `/readyz`: resolves, or throws as above. */
  probe(): Promise<void>;

  /** The pre-flight of `latchkey doctor`: proves by a dry run that people can be found and passwords be set. */
  examine(): Promise<Finding[]>;

  /** Ends connections. */
  close(): Promise<void>;
}
