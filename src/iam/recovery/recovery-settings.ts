import { booleanSetting, integerSetting } from '../../core/settings/setting-types.js';

export const pwdResetAllowed = booleanSetting({
  name: 'pwd_reset_allowed',
  scope: 'domain',
  default: true,
  meaning: 'Whether people may ask for a reset of their password by themselves. IAM REST, sections 4.2 and 7.',
});

export const pwdResetTtl = integerSetting({
  name: 'pwd_reset_ttl',
  scope: 'server',
  min: 60,
  max: 2_592_000,
  default: 3_600,
  meaning: 'Seconds for which the link of a password recovery works. IAM REST, sections 4.2 and 7.',
});

export const pwdResetRate = integerSetting({
  name: 'pwd_reset_rate_sec',
  scope: 'server',
  min: 0,
  max: 86_400,
  default: 120,
  meaning:
    'Seconds that must lie between two calls of one address that ask for password recovery, and between two letters to ' +
    'one person; 0 = none. IAM REST, section 4.2.',
});

export const pwdResetUnlocks = booleanSetting({
  name: 'pwd_reset_unlocks',
  scope: 'domain',
  default: true,
  meaning:
    'Whether a person who is locked after failed log-ons is unlocked when they have set a new password by recovery or ' +
    'invitation. OpenLDAP lifts the lock by itself.',
});

export const externalAuthorization = booleanSetting({
  name: 'external_authorization',
  scope: 'server',
  default: false,
  meaning:
    'Whether another system manages the passwords of all domains; `pwd_reset_requests` is refused then. IAM REST, section 4.',
});
