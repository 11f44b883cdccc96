import type { Person } from '../person.js';
import type { AttributeChange, AttributeValues } from './attribute-values.js';

/**
 * Attributes of a person beyond those that every {@link Person} has (manager-json-rpc section 12: Get_User_Attrs,
 * Set_User_Attrs, Remove_User_Attrs). What holds a password or another secret is never read, whatever the service
 * account may see; see `isSecretAttribute`.
 */
export interface PersonAttributes {
  /**
   * The attributes with these names, without regard to case; all that may be read when no names are given. Attributes
   * without values, unknown ones and secret ones are left out.
   *
   * @throws DomainError `account-not-found` when the person is gone
   */
  read(person: Person, names?: readonly string[]): Promise<AttributeValues>;

  /**
   * Makes all of the changes or none. Adding a value that is there and removing one that is not are no errors.
   *
   * @throws DomainError `attribute-not-valid` with the attribute's name, for one that is unknown, secret, kept by the
   *   directory itself or decides what its holder may do, and for values that do not fit; `directory-rights-missing`;
   *   `account-not-found` when the person is gone
   */
  change(person: Person, changes: readonly AttributeChange[]): Promise<void>;
}
