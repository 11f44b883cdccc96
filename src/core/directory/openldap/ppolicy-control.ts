import { elementsOf, firstElement, integerOf } from '../ldap/ber.js';
import { control, type LdapControl } from '../ldap/ldap-requests.js';
import type { LdapReply } from '../ldap/ldap-reply.js';

/** Password policy request and response control (draft-behera-ldap-password-policy, section 6). */
export const PPOLICY_OID = '1.3.6.1.4.1.42.2.27.8.5.1';

/** What the server's password policy objects to (draft-behera-ldap-password-policy section 6.2), in the order of their numbers. */
const PPOLICY_ERRORS = [
  'passwordExpired',
  'accountLocked',
  'changeAfterReset',
  'passwordModNotAllowed',
  'mustSupplyOldPassword',
  'insufficientPasswordQuality',
  'passwordTooShort',
  'passwordTooYoung',
  'passwordInHistory',
  'passwordTooLong',
] as const;
export type PpolicyError = (typeof PPOLICY_ERRORS)[number];

const ERROR_TAG = 0x81;

/** Asks for the response control; not critical, so that a server without policies answers all the same. */
export function ppolicyRequest(): LdapControl {
  return control(PPOLICY_OID, false);
}

/** The error in the response control; undefined when there is no control or no error in it. */
export function ppolicyErrorOf({ controls }: LdapReply): PpolicyError | undefined {
  const value = controls.find(({ oid }) => oid === PPOLICY_OID)?.value;
  const sequence = value && firstElement(value);
  const error = sequence && elementsOf(sequence.value).find(({ tag }) => tag === ERROR_TAG);
  return error && PPOLICY_ERRORS[integerOf(error)];
}
