import type { DomainErrorCode, DomainErrorParams } from '../../core/errors/domain-error.js';
import type { RpcErrorCode } from './rpc-error.js';

/** `false` as the result, or an error with its text. */
export type RpcOutcome = false | { readonly code: RpcErrorCode; readonly data: (params: DomainErrorParams) => string };

const error = (code: RpcErrorCode, data: string): RpcOutcome => ({ code, data: () => data });
const NOT_ACTIVATED: RpcOutcome = {
  code: -32603,
  data: ({ dn }) => `Object '${dn}' is not an activated user or group`,
};
const BAD_LOGIN = error(-32600, 'Invalid username or password');
const BAD_ADDRESS = error(-32600, 'Client address not allowed');
const MISCONFIGURED = error(-32000, 'Server not configured for this');

/**
 * What a caller gets for each refusal of the core (manager-json-rpc sections 3 and 4). The caller's own fault and a
 * target that cannot be resolved are errors; what was well asked and could not be done is `false`.
 */
export const RPC_OUTCOMES: Readonly<Record<DomainErrorCode, RpcOutcome>> = {
  'domain-missing': error(-32602, 'Parameter domain missing'),
  'domain-not-found': { code: -32603, data: ({ domain }) => `Domain '${domain}' not existing` },
  'account-not-found': {
    code: -32603,
    data: ({ dn, domain, login }) =>
      dn === undefined ? `User not found ${domain}\\${login}` : `LDAP object '${dn}' does not exist`,
  },
  'account-ambiguous': error(-32603, 'User not unique'),
  'dn-not-valid': { code: -32603, data: ({ dn }) => `Could not read LDAP object '${dn}' (invalid DN)` },
  'account-not-activated': NOT_ACTIVATED,
  'account-disabled': NOT_ACTIVATED,
  'account-expired': NOT_ACTIVATED,
  'account-locked': false,
  'login-taken': false,
  'group-not-found': false,

  'credentials-missing': BAD_LOGIN,
  'credentials-invalid': BAD_LOGIN,
  'password-expired': BAD_LOGIN,
  'password-must-change': BAD_LOGIN,
  'access-denied': error(-32603, 'Access denied'),
  'client-address-not-allowed': BAD_ADDRESS,
  'client-address-unreadable': BAD_ADDRESS,
  'too-many-attempts': false,
  'send-limit-reached': false,

  'value-out-of-range': false,
  'unknown-word': false,
  'attribute-not-valid': false,
  'filter-not-valid': false,
  'no-address': false,
  'delivery-failed': false,
  'second-factor-unavailable': false,
  'feature-locked': false,
  'nothing-to-change': false,

  'password-mismatch': false,
  'password-too-short': false,
  'password-too-long': false,
  'password-too-simple': false,
  'password-too-common': false,
  'password-contains-name': false,
  'password-in-history': false,
  'password-too-young': false,
  'password-refused': false,
  'password-change-forbidden': false,

  'request-not-valid': false,
  'page-session-ended': false,
  'form-not-valid': false,
  'change-in-progress': false,
  'change-not-completed': error(-32000, 'Database not reachable'),

  'passcode-wrong': false,
  'passcode-replayed': false,
  'passcode-expired': false,
  'token-out-of-sync': false,
  'authenticator-locked': false,
  'no-usable-token': false,
  'token-not-found': error(-32603, 'Token not found'),
  'token-disabled': false,
  'token-not-activated': false,
  'token-outside-validity': false,
  'token-spent': false,
  'serial-taken': false,
  'seed-not-valid': false,
  'key-not-valid': false,
  'certificate-request-not-valid': false,
  'slot-taken': false,
  'proof-not-valid': false,
  'challenge-not-valid': false,
  'passcode-sent-recently': false,
  'channel-not-allowed': false,

  'template-not-valid': MISCONFIGURED,
  'setting-not-valid': MISCONFIGURED,
  'directory-unavailable': error(-32000, 'Directory not reachable'),
  'directory-misconfigured': error(-32000, 'Directory refuses the service account'),
  'directory-rights-missing': error(-32000, 'Service account lacks rights in the directory'),
  'directory-unsupported': false,
  'database-unavailable': error(-32000, 'Database not reachable'),
  overloaded: error(-32000, 'Too many passwords being checked'),
  internal: error(-32603, 'Unexpected failure'),
};
