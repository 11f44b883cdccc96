import type { DomainErrorCode, DomainErrorParams } from '../../core/errors/domain-error.js';
import type { ApiStatus } from './api-refusal.js';

/** What a refusal of the core is on this surface: status, and the text of `error`. */
export interface ApiOutcome {
  readonly status: ApiStatus;
  readonly message: (params: DomainErrorParams) => string;
}

const say =
  (status: ApiStatus) =>
  (message: ApiOutcome['message'] | string): ApiOutcome => ({
    status,
    message: typeof message === 'string' ? () => message : message,
  });

const bad = say(400);
const unauthorized = say(401);
const forbidden = say(403);
const notFound = say(404);
const away = say(503);

const NOT_ACTIVE = bad('user is not active');
const NOT_PERMITTED = forbidden('not permitted');
const NO_USER = notFound('user not found');
const NO_REQUEST = notFound('request not found');
const BAD_LOGIN = unauthorized('invalid login or password');
const NOT_HERE = forbidden('not available here');
const TOO_MANY = away('too many requests');
const UNAVAILABLE = away('temporarily unavailable');
const INTERNAL = say(500)('internal error');

/** What a caller gets for each refusal of the core (user-requests section 7). One with `retryAfter` is 503 always. */
export const API_OUTCOMES: Readonly<Record<DomainErrorCode, ApiOutcome>> = {
  'domain-missing': bad('domain_id: missing'),
  'domain-not-found': notFound('domain not found'),
  'account-not-found': NO_USER,
  'account-ambiguous': NO_USER,
  'dn-not-valid': NO_USER,
  'account-not-activated': NOT_ACTIVE,
  'account-disabled': NOT_ACTIVE,
  'account-locked': NOT_ACTIVE,
  'account-expired': NOT_ACTIVE,
  'login-taken': bad('username: already exists'),
  'group-not-found': notFound('group not found'),

  'credentials-missing': unauthorized('log-in required'),
  'credentials-invalid': BAD_LOGIN,
  'password-expired': BAD_LOGIN,
  'password-must-change': BAD_LOGIN,
  'access-denied': NOT_PERMITTED,
  'client-address-not-allowed': NOT_PERMITTED,
  'client-address-unreadable': NOT_PERMITTED,
  'too-many-attempts': TOO_MANY,
  'send-limit-reached': TOO_MANY,

  'value-out-of-range': bad(({ parameter }) => `${parameter ?? 'value'}: out of range`),
  'unknown-word': bad(({ parameter }) => `${parameter ?? 'value'}: unknown value`),
  'attribute-not-valid': bad(({ attribute }) => `${attribute ?? 'value'}: not accepted by the directory`),
  'filter-not-valid': bad('filter: not valid'),
  'no-address': bad('user has no email'),
  'delivery-failed': away('mail could not be sent'),
  'second-factor-unavailable': NOT_HERE,
  'feature-locked': forbidden('feature is switched off'),
  'nothing-to-change': bad('nothing to change'),

  'password-mismatch': bad('passwords differ'),
  'password-too-short': bad('password is too short'),
  'password-too-long': bad('password is too long'),
  'password-too-simple': bad('password is too simple'),
  'password-too-common': bad('password is used by too many people'),
  'password-contains-name': bad('password contains login or name'),
  'password-in-history': bad('password was used before'),
  'password-too-young': bad('password was changed a short time ago'),
  'password-refused': bad('password is refused by the directory'),
  'password-change-forbidden': forbidden('password cannot be changed'),

  'request-not-valid': NO_REQUEST,
  'page-session-ended': NO_REQUEST,
  'form-not-valid': forbidden('sent by another site'),
  'change-in-progress': bad('a change is in progress'),
  'change-not-completed': UNAVAILABLE,

  'passcode-wrong': BAD_LOGIN,
  'passcode-replayed': BAD_LOGIN,
  'passcode-expired': BAD_LOGIN,
  'token-out-of-sync': BAD_LOGIN,
  'authenticator-locked': TOO_MANY,
  'no-usable-token': NOT_HERE,
  'token-not-found': notFound('token not found'),
  'token-disabled': NOT_HERE,
  'token-not-activated': NOT_HERE,
  'token-outside-validity': NOT_HERE,
  'token-spent': NOT_HERE,
  'serial-taken': NOT_HERE,
  'seed-not-valid': NOT_HERE,
  'key-not-valid': NOT_HERE,
  'certificate-request-not-valid': NOT_HERE,
  'slot-taken': NOT_HERE,
  'proof-not-valid': BAD_LOGIN,
  'challenge-not-valid': NO_REQUEST,
  'passcode-sent-recently': TOO_MANY,
  'channel-not-allowed': NOT_HERE,

  'template-not-valid': INTERNAL,
  'setting-not-valid': bad('value is not possible'),
  'directory-unavailable': UNAVAILABLE,
  'directory-misconfigured': UNAVAILABLE,
  'directory-rights-missing': UNAVAILABLE,
  'directory-unsupported': forbidden('the directory of the domain cannot do this'),
  'database-unavailable': UNAVAILABLE,
  overloaded: UNAVAILABLE,
  internal: INTERNAL,
};
