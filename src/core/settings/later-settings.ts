import { booleanSetting, integerSetting, objectSetting, originsSetting } from './setting-types.js';
import type { Setting } from './setting.js';

/** A local path below `/api/`: no scheme, host, query or step upwards (user requests, section 3, CUSTOM). */
const LOCAL_ENDPOINT = /^\/api\/(?!.*(?:\.\.|\/\/))[A-Za-z0-9._~/-]{1,500}$/;

function seconds(name: string, fallback: number, max: number, meaning: string): Setting<number> {
  return integerSetting({ name, scope: 'server', min: 1, max, default: fallback, meaning });
}

/**
 * Settings of features that come with a later version. They are checked and stored now, so that a configuration file
 * written for the whole product is accepted as it stands; each moves to its feature's folder with the feature.
 */
export const LATER_SETTINGS: readonly Setting<unknown>[] = [
  originsSetting({
    name: 'allowed_redirect_origins',
    scope: 'domain',
    default: [],
    meaning:
      'Origins that `redirect` may lead to after a processed request; paths of this server always may. User requests, section 4.',
  }),
  originsSetting({
    name: 'cors_origins',
    scope: 'server',
    default: [],
    meaning:
      'Origins whose pages may process unattended requests from a browser, with the cookie. User requests, section 4.',
  }),
  objectSetting<readonly string[]>({
    name: 'custom_request_endpoints',
    scope: 'server',
    default: [],
    values: 'a list of local paths such as /api/reports/run',
    meaning: 'Paths that a request of type `CUSTOM` may run; empty refuses the type. User requests, section 3.',
    parse: (value) =>
      Array.isArray(value) && value.every((path) => typeof path === 'string' && LOCAL_ENDPOINT.test(path))
        ? (value as string[])
        : undefined,
  }),
  booleanSetting({
    name: 'login_with_email',
    scope: 'domain',
    default: false,
    meaning: 'Whether user requests name people by mail address and no longer by login. User requests, section 9.',
  }),
  booleanSetting({
    name: 'public_requests',
    scope: 'domain',
    default: true,
    meaning: 'Whether anybody may ask for `PASSWORD_RESET` and `UNLOCK_ACCOUNT`. User requests, section 9.',
  }),
  booleanSetting({
    name: 'receipt_codes_for_all',
    scope: 'domain',
    default: false,
    meaning:
      'Whether the code returned to an authorised caller is a mere receipt for reset and unlock too. User requests, section 3.',
  }),
  booleanSetting({
    name: 'mail_login_links',
    scope: 'domain',
    default: false,
    meaning: 'Whether the person of a `LOGIN` request is mailed the link. User requests, section 3.',
  }),
  booleanSetting({
    name: 'strict_status',
    scope: 'server',
    default: false,
    meaning: 'Whether pages of dead requests answer 410 instead of 200. User requests, section 4.',
  }),
  booleanSetting({
    name: 'require_signature',
    scope: 'server',
    default: false,
    meaning: 'Whether OAuth 1.0a calls must be signed. User requests, section 2.',
  }),
  booleanSetting({
    name: 'allow_unsigned_over_http',
    scope: 'server',
    default: false,
    meaning: 'Whether unsigned OAuth 1.0a calls are taken without TLS. User requests, section 2.',
  }),
  seconds(
    'timestamp_window',
    300,
    3_600,
    'Seconds by which the timestamp of a signed call may be off. User requests, section 2.',
  ),
  integerSetting({
    name: 'token_lifetime',
    scope: 'server',
    min: 0,
    max: 315_360_000,
    default: 0,
    meaning: 'Seconds for which an OAuth 1.0a access token works; 0 = without end. User requests, section 9.',
  }),
  seconds(
    'validity_login_unattended',
    30,
    30,
    'Seconds for which a `LOGIN_UNATTENDED` request works. User requests, section 3.',
  ),
  seconds('validity_login', 300, 86_400, 'Seconds for which a `LOGIN` request works. User requests, section 3.'),
  seconds(
    'validity_password_set',
    259_200,
    2_592_000,
    'Seconds for which a `PASSWORD_SET` request works. User requests, section 3.',
  ),
  seconds(
    'validity_password_reset',
    86_400,
    2_592_000,
    'Seconds for which a `PASSWORD_RESET` request works. User requests, section 3.',
  ),
  seconds(
    'validity_unlock_account',
    86_400,
    2_592_000,
    'Seconds for which an `UNLOCK_ACCOUNT` request works. User requests, section 3.',
  ),
  seconds('validity_custom', 900, 86_400, 'Seconds for which a `CUSTOM` request works. User requests, section 3.'),
  integerSetting({
    name: 'pin_length',
    scope: 'server',
    min: 6,
    max: 10,
    default: 6,
    meaning: 'Digits of a PIN. User requests, section 3.',
  }),
  integerSetting({
    name: 'pin_tries',
    scope: 'server',
    min: 1,
    max: 10,
    default: 5,
    meaning: 'Wrong PINs after which a request is dead. User requests, section 3.',
  }),
  seconds('pin_validity', 600, 3_600, 'Seconds for which a PIN works. User requests, section 3.'),
];

const LATER = new Set(LATER_SETTINGS.map(({ name }) => name));

/** Whether a setting is stored but not used yet. */
export function isLaterSetting(name: string): boolean {
  return LATER.has(name);
}
