import { booleanSetting } from '../core/settings/setting-types.js';

export const requireSecondFactor = booleanSetting({
  name: 'pwreset_require_second_factor',
  scope: 'domain',
  default: false,
  meaning:
    'Whether a second factor is asked for after a password reset link was opened, when the caller does not say with `mfa`. ' +
    'Manager JSON-RPC, section 11, *Require Second Factor*.',
});

export const resetUnlocks = booleanSetting({
  name: 'pwreset_unlocks',
  scope: 'domain',
  default: true,
  meaning:
    'Whether a person who is locked after failed log-ons is unlocked when they have set a new password by link. ' +
    'Off: the help desk unlocks, except in OpenLDAP, which lifts the lock by itself with a new password.',
});

export const requireOldPassword = booleanSetting({
  name: 'pwreset_require_old_password',
  scope: 'domain',
  default: false,
  meaning:
    'Whether a person has to type the password they have now, after they opened a password reset link and before they set a ' +
    'new one. Five wrong ones lock the link. It is asked for when this is on at the moment of opening or of saving. ' +
    'Manager JSON-RPC, section 10.2.',
});
