import { DomainError } from '../../errors/domain-error.js';
import { LdapConnectionError } from './ldap-connection-error.js';
import type { LdapReply } from './ldap-reply.js';
import { errorCodeOf, nameOfResult, RESULT } from './result-codes.js';

/** The reply, if it is a success. @throws DomainError by its result code otherwise; `doing` says what was tried */
export function expectSuccess(reply: LdapReply, doing: string): LdapReply {
  if (reply.status !== RESULT.success) throw refusalOf(reply, doing);
  return reply;
}

/** A reply other than success as an error. */
export function refusalOf(reply: LdapReply, doing: string): DomainError {
  return new DomainError(errorCodeOf(reply.status), { detail: describe(reply, doing) });
}

/** What was tried and what the server said, for logs. Servers do not repeat passwords in what they say. */
export function describe({ status, diagnostic }: LdapReply, doing: string): string {
  // Active Directory ends its words with a NUL.
  const words = diagnostic.replaceAll('\0', '').trim();
  return `${doing}: ${nameOfResult(status)}${words && `, ${words}`}`;
}

/** A failed connection as a domain error; anything else unchanged. */
export function unavailableIfLost(error: unknown): unknown {
  if (!(error instanceof LdapConnectionError)) return error;
  return new DomainError('directory-unavailable', { detail: error.message, cause: error });
}
