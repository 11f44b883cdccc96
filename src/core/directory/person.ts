/** A person as the directory knows them at this moment. Never stored. */
export interface Person {
  /** The directory's own immutable id: entryUUID, objectGUID (both as 8-4-4-4-12 hex), or the built-in person's id. */
  readonly key: string;
  /** Distinguished name (RFC 4514). Built-in people have one too: `cn=<login>,dc=<domain>`. */
  readonly dn: string;
  /** Main login name, e.g. uid or sAMAccountName. */
  readonly login: string;
  /** Every name that the person can log in with, the main one first; that one alone when absent. */
  readonly logins?: readonly string[];
  readonly displayName: string;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly mail: string | undefined;
  /** Mobile number as the directory holds it. */
  readonly mobile: string | undefined;
  /** BCP 47 tag of the preferred language. */
  readonly language: string | undefined;
  /** Switched off in the directory (userAccountControl ACCOUNTDISABLE, our own flag). */
  readonly disabled: boolean;
  /** Locked after failed log-ons, at this moment. */
  readonly locked: boolean;
  /** The account itself has an end date that is over. */
  readonly expired: boolean;
  /** The person must change the password at the next log-on. */
  readonly mustChangePassword: boolean;
  /** False when the directory forbids this person to have the password changed. */
  readonly mayChangePassword: boolean;
  readonly passwordChangedAt: Date | undefined;
}
