import type { DomainErrorCode } from '../../errors/domain-error.js';

/** Result codes (RFC 4511 appendix A) that mean something to us. */
export const RESULT = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  referral: 10,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  confidentialityRequired: 13,
  noSuchAttribute: 16,
  undefinedAttributeType: 17,
  inappropriateMatching: 18,
  constraintViolation: 19,
  attributeOrValueExists: 20,
  invalidAttributeSyntax: 21,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
  namingViolation: 64,
  objectClassViolation: 65,
  notAllowedOnRdn: 67,
  entryAlreadyExists: 68,
  objectClassModsProhibited: 69,
  other: 80,
  /** All was well and nothing was done, as asked for by the No-Op control (draft-zeilenga-ldap-noop, OpenLDAP). */
  noOperation: 0x410e,
} as const;

/**
 * What a refusal of the service account's own request means. Refusals that mean something else in their place (a new
 * password, somebody's log-on) are judged there first.
 */
const CODES: Readonly<Record<number, DomainErrorCode>> = {
  [RESULT.operationsError]: 'directory-unavailable',
  [RESULT.protocolError]: 'directory-misconfigured',
  [RESULT.timeLimitExceeded]: 'directory-unavailable',
  [RESULT.sizeLimitExceeded]: 'account-ambiguous',
  [RESULT.authMethodNotSupported]: 'directory-misconfigured',
  [RESULT.strongerAuthRequired]: 'directory-misconfigured',
  // Another server is responsible. Referrals are not chased: the operator names the servers to be trusted.
  [RESULT.referral]: 'directory-misconfigured',
  [RESULT.adminLimitExceeded]: 'directory-unavailable',
  [RESULT.unavailableCriticalExtension]: 'directory-misconfigured',
  [RESULT.confidentialityRequired]: 'directory-misconfigured',
  [RESULT.noSuchObject]: 'directory-misconfigured',
  [RESULT.invalidDnSyntax]: 'directory-misconfigured',
  [RESULT.inappropriateAuthentication]: 'directory-misconfigured',
  [RESULT.invalidCredentials]: 'directory-misconfigured',
  [RESULT.insufficientAccessRights]: 'directory-rights-missing',
  [RESULT.busy]: 'directory-unavailable',
  [RESULT.unavailable]: 'directory-unavailable',
  [RESULT.unwillingToPerform]: 'directory-unavailable',
  [RESULT.other]: 'directory-unavailable',
};

/** The domain error for a result code other than success; an unknown one counts as a directory out of order. */
export function errorCodeOf(status: number): DomainErrorCode {
  return CODES[status] ?? 'directory-unavailable';
}

/** A result code by name and number, for logs. */
export function nameOfResult(status: number): string {
  const name = Object.entries(RESULT).find(([, code]) => code === status)?.[0];
  return name ? `${name} (${status})` : `result code ${status}`;
}
