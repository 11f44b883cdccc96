import { booleanSetting, integerSetting, originsSetting } from '../../core/settings/setting-types.js';

export const corsOrigins = originsSetting({
  name: 'cors_origins',
  scope: 'server',
  default: [],
  meaning:
    'Origins whose pages may process unattended requests from a browser, with the cookie. User requests, section 4.',
});

export const strictStatus = booleanSetting({
  name: 'strict_status',
  scope: 'server',
  default: false,
  meaning: 'Whether pages of dead requests answer 410 instead of 200. User requests, section 4.',
});

export const processedPerMinute = integerSetting({
  name: 'process_requests_per_minute',
  scope: 'server',
  min: 1,
  max: 1_000_000,
  default: 30,
  meaning:
    'Calls of `processRequest` that one address may make in a minute; further ones are answered 503. Raise it where many ' +
    'people come from one address. User requests, section 10.',
});

export const requestUnlocks = booleanSetting({
  name: 'password_request_unlocks',
  scope: 'domain',
  default: true,
  meaning:
    'Whether a person who is locked after failed log-ons is unlocked when they have set a new password by a user request. ' +
    'Off: `UNLOCK_ACCOUNT` or the help desk unlocks, except in OpenLDAP, which lifts the lock by itself.',
});
