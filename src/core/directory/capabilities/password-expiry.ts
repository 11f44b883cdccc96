import type { Person } from '../person.js';

/** Ending a password's time early (manager-json-rpc section 12: Set_User_Password with `change`). */
export interface PasswordExpiry {
  /**
   * Makes the person choose another password at the next log-on; the one they have stays right until then.
   *
   * @throws DomainError `directory-unsupported` where the directory knows no such demand, or does not heed it for this
   *   person (OpenLDAP without the ppolicy overlay or its `pwdMustChange`, Active Directory for a password that never
   *   expires); `directory-rights-missing`; `account-not-found` when the person is gone
   */
  demandChange(person: Person): Promise<void>;
}
