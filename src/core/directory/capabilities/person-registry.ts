import type { PlainSecret } from '../../crypto/secret-types.js';
import type { Tx } from '../../database/database.js';
import type { Person } from '../person.js';

/** Whom to register. */
export interface NewPerson {
  readonly login: string;
  readonly displayName: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly mail?: string | undefined;
  readonly mobile?: string | undefined;
  /** BCP 47 tag. */
  readonly language?: string | undefined;
  /** Without one, no password verifies until one is set. Our own policy has been applied before. */
  readonly password?: PlainSecret | undefined;
  readonly disabled?: boolean | undefined;
  /** Roles, tags and the like, as a surface names them. Kept by the built-in directory; others have no place for it. */
  readonly profile?: Readonly<Record<string, unknown>> | undefined;
}

/** What to change of a person: what is absent stays, null goes. */
export interface PersonChanges {
  /** In the built-in directory only; the others name the entry by it. */
  readonly login?: string;
  readonly displayName?: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly mail?: string | null;
  readonly mobile?: string | null;
  readonly language?: string | null;
  /** Replaces the whole profile; see {@link NewPerson.profile}. */
  readonly profile?: Readonly<Record<string, unknown>>;
}

/**
 * A person on the way into the directory. A remote one holds the person already, and `write` does nothing; the built-in
 * one writes in the caller's transaction, so that the person and what made them are committed together.
 *
 * ```ts
 * const made = await registry.create(person);
 * await database.transaction((tx) => made.write(tx)).catch(made.undo);
 * ```
 */
export interface Registration {
  readonly person: Person;

  /** @throws DomainError `login-taken` when somebody was faster; the transaction can then only be rolled back */
  readonly write: (tx: Tx) => Promise<void>;

  /** Takes the person out again when the caller's transaction failed, and throws `cause` on. */
  readonly undo: (cause: unknown) => Promise<never>;
}

/** Making, changing and removing people (iam-rest sections 3 and 7, user-requests section 8). */
export interface PersonRegistry {
  /**
   * Makes a person, with the directory's own rules for passwords enforced. Whatever fails on the way, nobody is left
   * half made; of any number of parallel calls with one login, one succeeds.
   *
   * @throws DomainError `login-taken`, `attribute-not-valid` with the attribute's name, `directory-rights-missing`,
   *   and for the password as {@link Directory.setPassword}
   */
  create(person: NewPerson): Promise<Registration>;

  /**
   * Changes a person and gives them as they are then.
   *
   * @throws DomainError `login-taken`, `attribute-not-valid`, `account-not-found`, `directory-rights-missing`
   */
  change(person: Person, changes: PersonChanges): Promise<Person>;

  /**
   * Switches a person off, or on again.
   *
   * @throws DomainError `directory-unsupported` where the directory cannot (OpenLDAP without the ppolicy overlay),
   *   `account-not-found`, `directory-rights-missing`
   */
  setDisabled(person: Person, disabled: boolean): Promise<void>;

  /** Removes a person for good; one who is gone already is no error. @throws DomainError `directory-rights-missing` */
  remove(person: Person): Promise<void>;

  /** What {@link NewPerson.profile} holds; nothing where there is no place for it. */
  profile(person: Person): Promise<Readonly<Record<string, unknown>>>;
}
