import { booleanSetting, integerSetting } from '../core/settings/setting-types.js';

export const maxFailures = integerSetting({
  name: 'authenticator_max_failures',
  scope: 'domain',
  min: 1,
  max: 100,
  default: 5,
  meaning:
    'Wrong codes in a row after which a person’s authenticator is locked; one of another sort still works. At most 100 ' +
    '(NIST SP 800-63B, section 5.2.2). Authentication methods, section 6.4.',
});

export const lockMinutes = integerSetting({
  name: 'authenticator_lock_minutes',
  scope: 'domain',
  min: 0,
  max: 10_080,
  default: 30,
  meaning: 'Minutes for which an authenticator stays locked; 0 = until an administrator unlocks it.',
});

export const autoSyncWindow = integerSetting({
  name: 'totp_auto_sync_window',
  scope: 'domain',
  min: 0,
  max: 30,
  default: 2,
  meaning:
    'Time steps by which the clock of a token may be off and its code is taken; the drift is kept. Authentication methods, section 6.2.',
});

export const checkSyncWindow = integerSetting({
  name: 'totp_check_sync_window',
  scope: 'domain',
  min: 0,
  max: 120,
  default: 30,
  meaning:
    'Time steps by which the clock of a token may be off and a second code in sequence brings it back. Authentication methods, section 6.2.',
});

export const manualSyncWindow = integerSetting({
  name: 'totp_manual_sync_window',
  scope: 'domain',
  min: 0,
  max: 2_880,
  default: 120,
  meaning:
    'Time steps by which the clock of a token may be off and it can still be synchronised with two codes. Authentication methods, section 6.2.',
});

export const autoLookAhead = integerSetting({
  name: 'hotp_auto_look_ahead',
  scope: 'domain',
  min: 1,
  max: 50,
  default: 5,
  meaning: 'Counter values ahead at which the code of an event-based token is taken (RFC 4226, section 7.4).',
});

export const checkLookAhead = integerSetting({
  name: 'hotp_check_look_ahead',
  scope: 'domain',
  min: 1,
  max: 200,
  default: 25,
  meaning: 'Counter values ahead at which a second code in sequence brings an event-based token back.',
});

export const manualLookAhead = integerSetting({
  name: 'hotp_manual_look_ahead',
  scope: 'domain',
  min: 1,
  max: 2_000,
  default: 200,
  meaning: 'Counter values ahead within which an event-based token can be synchronised with two codes.',
});

export const passcodeHistory = integerSetting({
  name: 'passcode_history',
  scope: 'domain',
  min: 0,
  max: 50,
  default: 10,
  meaning:
    'How many of the passcodes accepted last are refused, even where a later step happens to have the same. Authentication methods, section 6.1.',
});

export const requirePinPrefix = booleanSetting({
  name: 'require_otp_pin_prefix',
  scope: 'domain',
  default: false,
  meaning:
    'Whether a person who has a PIN code types it in front of every one-time password. Manager JSON-RPC, section 11, *Require OTP PIN Prefix*.',
});
