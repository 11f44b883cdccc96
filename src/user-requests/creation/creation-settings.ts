import { booleanSetting, integerSetting, objectSetting } from '../../core/settings/setting-types.js';

/** A local path below `/api/`: no scheme, host, query or step upwards (user-requests section 3, CUSTOM). */
const LOCAL_ENDPOINT = /^\/api\/(?!.*(?:\.\.|\/\/))[A-Za-z0-9._~/-]{1,500}$/;

export const customRequestEndpoints = objectSetting<readonly string[]>({
  name: 'custom_request_endpoints',
  scope: 'server',
  default: [],
  values: 'a list of local paths such as /api/reports/run',
  meaning: 'Paths that a request of type `CUSTOM` may run; empty refuses the type. User requests, section 3.',
  parse: (value) =>
    Array.isArray(value) && value.every((path) => typeof path === 'string' && LOCAL_ENDPOINT.test(path))
      ? (value as string[])
      : undefined,
});

export const loginWithEmail = booleanSetting({
  name: 'login_with_email',
  scope: 'domain',
  default: false,
  meaning: 'Whether user requests name people by mail address and no longer by login. User requests, section 9.',
});

export const publicRequests = booleanSetting({
  name: 'public_requests',
  scope: 'domain',
  default: true,
  meaning: 'Whether anybody may ask for `PASSWORD_RESET` and `UNLOCK_ACCOUNT`. User requests, section 9.',
});

export const receiptCodesForAll = booleanSetting({
  name: 'receipt_codes_for_all',
  scope: 'domain',
  default: false,
  meaning:
    'Whether the code returned to an authorised caller is a mere receipt for reset and unlock too. User requests, section 3.',
});

export const mailLoginLinks = booleanSetting({
  name: 'mail_login_links',
  scope: 'domain',
  default: false,
  meaning: 'Whether the person of a `LOGIN` request is mailed the link. User requests, section 3.',
});

export const requestsPerToken = integerSetting({
  name: 'user_requests_per_token_per_minute',
  scope: 'server',
  min: 1,
  max: 1_000_000,
  default: 120,
  meaning:
    'Calls that one access token may make in a minute to create user requests; further ones are answered 503. Raise it for ' +
    'portals that log many people in. User requests, section 10.',
});
