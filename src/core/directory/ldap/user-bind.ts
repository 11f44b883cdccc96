import type { PasswordCheck } from '../directory.js';
import type { LdapReply } from './ldap-reply.js';
import { refusalOf } from './refusals.js';
import { RESULT } from './result-codes.js';

/** Results of a person's bind that say no more than "not with this name and password". */
const WRONG: ReadonlySet<number> = new Set([
  RESULT.invalidCredentials,
  RESULT.inappropriateAuthentication,
  RESULT.noSuchObject,
  RESULT.invalidDnSyntax,
  RESULT.constraintViolation,
  RESULT.insufficientAccessRights,
  RESULT.unwillingToPerform,
]);

/**
 * What the end of a person's bind says about the password.
 *
 * @throws DomainError when the server did not judge it
 */
export function judgeUserBind(reply: LdapReply): PasswordCheck {
  if (reply.status === RESULT.success) return { ok: true };
  if (WRONG.has(reply.status)) return { ok: false, code: 'credentials-invalid' };
  throw refusalOf(reply, 'checking a password');
}
