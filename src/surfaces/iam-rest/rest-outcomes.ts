import type { DomainErrorCode, DomainErrorParams } from '../../core/errors/domain-error.js';
import type { RestErrorCode } from './rest-refusal.js';

/** What a refusal of the core is on this surface. */
export interface RestOutcome {
  readonly code: RestErrorCode;
  readonly message: (params: DomainErrorParams) => string;
  /** `error_details.field` of a 1501, unless the handler knows better. */
  readonly field?: string;
}

const say =
  (code: RestErrorCode, field?: string) =>
  (message: RestOutcome['message'] | string): RestOutcome => ({
    code,
    message: typeof message === 'string' ? () => message : message,
    ...(field !== undefined && { field }),
  });

const domain = say(1501, 'domain');
const login = say(1501, 'login');
const pwd = say(1501, 'pwd');
const field = say(1501);
const unauthorized = say(1401);
const forbidden = say(1403);
const notFound = say(1404);
const tooOften = say(1429);
const away = say(1503);

const BAD_LOGIN = unauthorized('invalid domain, login or password');
const NO_REQUEST = notFound('request not found');
const NOT_HERE = forbidden('not available here');
const MISCONFIGURED = say(1500)('internal error');
const UNAVAILABLE = away('temporarily unavailable');

/**
 * What a caller gets for each refusal of the core (iam-rest section 1). A 1501 names its field here only where it is
 * always the same one; handlers of other fields name theirs.
 */
export const REST_OUTCOMES: Readonly<Record<DomainErrorCode, RestOutcome>> = {
  'domain-missing': domain('domain is required'),
  'domain-not-found': domain('domain not found'),
  'account-not-found': notFound('user not found'),
  'account-ambiguous': notFound('user not found'),
  'dn-not-valid': notFound('user not found'),
  'account-not-activated': forbidden('user is blocked'),
  'account-disabled': forbidden('user is blocked'),
  'account-locked': forbidden('user is blocked'),
  'account-expired': forbidden('user is blocked'),
  'login-taken': login('login already exists'),
  'group-not-found': notFound('group not found'),

  'credentials-missing': unauthorized('session required'),
  'credentials-invalid': BAD_LOGIN,
  'password-expired': forbidden('password has expired'),
  'password-must-change': forbidden('password must be changed'),
  'access-denied': forbidden('access denied'),
  'client-address-not-allowed': forbidden('address not allowed'),
  'client-address-unreadable': forbidden('address not allowed'),
  'too-many-attempts': tooOften('too frequent'),
  'send-limit-reached': tooOften('too frequent'),

  'value-out-of-range': field(({ parameter }) => `${parameter} is out of range`),
  'unknown-word': field(({ parameter }) => `${parameter} is not one of the known words`),
  'attribute-not-valid': field(({ attribute }) => `${attribute ?? 'value'} is not accepted by the directory`),
  'filter-not-valid': say(1501, 'filter')('filter is not valid'),
  'no-address': say(1501, 'userid')('user has no email'),
  'delivery-failed': away('mail could not be sent'),
  'second-factor-unavailable': NOT_HERE,
  'feature-locked': forbidden('feature is switched off'),
  'nothing-to-change': field('nothing to change'),

  'password-mismatch': pwd('passwords differ'),
  'password-too-short': pwd(({ min }) =>
    min === undefined ? 'pwd is too short' : `pwd is too short. Expected: at least ${min} characters`,
  ),
  'password-too-long': pwd(({ max }) =>
    max === undefined ? 'pwd is too long' : `pwd is too long. Expected: at most ${max} characters`,
  ),
  'password-too-simple': pwd(({ classes }) =>
    classes === undefined
      ? 'pwd is too simple'
      : `pwd is too simple. Expected: ${classes} of lower case, upper case, digits, other`,
  ),
  'password-too-common': pwd('pwd is used by too many people'),
  'password-contains-name': pwd('pwd contains login or name'),
  'password-in-history': pwd('pwd was used before'),
  'password-too-young': pwd('pwd was changed a short time ago'),
  'password-refused': pwd('pwd is refused by the directory'),
  'password-change-forbidden': forbidden('password cannot be changed'),

  'request-not-valid': NO_REQUEST,
  'page-session-ended': NO_REQUEST,
  'form-not-valid': forbidden('sent by another site'),
  'change-in-progress': NO_REQUEST,
  'change-not-completed': UNAVAILABLE,

  'passcode-wrong': BAD_LOGIN,
  'passcode-replayed': BAD_LOGIN,
  'passcode-expired': BAD_LOGIN,
  'token-out-of-sync': BAD_LOGIN,
  'authenticator-locked': tooOften('too frequent'),
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
  'passcode-sent-recently': tooOften('too frequent'),
  'channel-not-allowed': NOT_HERE,

  'template-not-valid': MISCONFIGURED,
  'setting-not-valid': say(1501, 'value')('value is not possible'),
  'directory-unavailable': UNAVAILABLE,
  'directory-misconfigured': UNAVAILABLE,
  'directory-rights-missing': UNAVAILABLE,
  'directory-unsupported': forbidden('the directory of the domain cannot do this'),
  'database-unavailable': UNAVAILABLE,
  overloaded: UNAVAILABLE,
  internal: MISCONFIGURED,
};
