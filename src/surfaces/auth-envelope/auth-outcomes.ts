import type { DomainErrorCode, DomainErrorParams } from '../../core/errors/domain-error.js';
import type { AuthCode } from './auth-codes.js';
import type { AuthRefusalParams } from './auth-refusal.js';

/** A code, with what its message is about where that is known. */
export interface AuthOutcome {
  readonly code: AuthCode;
  readonly params?: (params: DomainErrorParams) => AuthRefusalParams;
}

const code = (number: AuthCode): AuthOutcome => ({ code: number });

/** Code 102 about the parameter that the core names. */
const INVALID: AuthOutcome = {
  code: 102,
  params: ({ parameter }) => (parameter === undefined ? {} : { subject: String(parameter) }),
};
const THROTTLED: AuthOutcome = { code: 3, params: ({ retryAfter }) => ({ retryAfter: Number(retryAfter ?? 1) }) };

/** Code 360, whose message names the rule. */
const rule = (subject: string): AuthOutcome => ({ code: 360, params: () => ({ subject }) });

/** What a caller gets for each refusal of the core (authentication methods, section 3). */
export const AUTH_OUTCOMES: Readonly<Record<DomainErrorCode, AuthOutcome>> = {
  'domain-missing': code(241),
  'domain-not-found': code(241),
  'account-not-found': code(200),
  'account-ambiguous': code(201),
  'dn-not-valid': code(200),
  'account-not-activated': code(202),
  'account-disabled': code(204),
  'account-expired': code(204),
  'account-locked': code(203),
  'login-taken': INVALID,
  'group-not-found': INVALID,

  'credentials-missing': code(303),
  'credentials-invalid': code(300),
  'password-expired': code(205),
  'password-must-change': code(205),
  'access-denied': code(121),
  'client-address-not-allowed': code(122),
  'client-address-unreadable': code(122),
  'too-many-attempts': THROTTLED,
  'send-limit-reached': code(344),

  'value-out-of-range': INVALID,
  'unknown-word': INVALID,
  'attribute-not-valid': INVALID,
  'filter-not-valid': INVALID,
  'no-address': code(342),
  'delivery-failed': code(341),
  'second-factor-unavailable': code(251),
  'feature-locked': code(235),
  'nothing-to-change': INVALID,

  'password-mismatch': INVALID,
  'password-too-short': rule('too short'),
  'password-too-long': rule('too long'),
  'password-too-simple': rule('too simple'),
  'password-too-common': rule('too common'),
  'password-contains-name': rule('contains the name'),
  'password-in-history': code(361),
  'password-too-young': rule('changed too recently'),
  'password-refused': rule('refused by the directory'),
  'password-change-forbidden': code(362),

  'request-not-valid': code(320),
  'page-session-ended': code(233),
  'form-not-valid': code(100),
  'change-in-progress': { code: 3, params: () => ({ retryAfter: 1 }) },
  'change-not-completed': code(2),

  'passcode-wrong': code(300),
  'passcode-replayed': code(302),
  'passcode-expired': code(340),
  'token-out-of-sync': code(301),
  'authenticator-locked': code(203),
  'no-usable-token': code(251),
  'token-not-found': code(250),
  'token-disabled': code(253),
  'token-not-activated': code(254),
  'token-outside-validity': code(256),
  'token-spent': code(257),
  'serial-taken': INVALID,
  'seed-not-valid': INVALID,
  'key-not-valid': INVALID,
  'certificate-request-not-valid': INVALID,
  'slot-taken': INVALID,
  'proof-not-valid': code(300),
  'challenge-not-valid': code(320),
  'passcode-sent-recently': code(344),
  'channel-not-allowed': code(343),

  'template-not-valid': code(1),
  'setting-not-valid': code(1),
  'directory-unavailable': code(2),
  'directory-misconfigured': code(2),
  'directory-rights-missing': code(2),
  'directory-unsupported': code(362),
  'database-unavailable': code(2),
  overloaded: code(2),
  internal: code(1),
};
