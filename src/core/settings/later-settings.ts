import { booleanSetting, integerSetting, originsSetting } from './setting-types.js';
import type { Setting } from './setting.js';

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
];

const LATER = new Set(LATER_SETTINGS.map(({ name }) => name));

/** Whether a setting is stored but not used yet. */
export function isLaterSetting(name: string): boolean {
  return LATER.has(name);
}
