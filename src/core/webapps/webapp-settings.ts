import type { Setting } from '../settings/setting.js';
import { booleanSetting } from '../settings/setting-types.js';
import type { Webapp } from './webapp-unlock.entity.js';

const LINKS_STAY =
  'Links that an administrator sends work in any case; they are the way in that the lock leaves. ' +
  'Manager JSON-RPC, section 11, *Access Locked*.';

export const selfregAccessLocked = booleanSetting({
  name: 'selfreg_access_locked',
  scope: 'domain',
  default: false,
  meaning:
    'Whether people can enrol authenticators on their own initiative only while `Unlock_Application_Access` has opened ' +
    `\`selfreg\` for them. ${LINKS_STAY}`,
});

export const pwresetAccessLocked = booleanSetting({
  name: 'pwreset_access_locked',
  scope: 'domain',
  default: false,
  meaning:
    'Whether people can reset their password on their own initiative only while `Unlock_Application_Access` has opened ' +
    `\`pwreset\` for them. ${LINKS_STAY}`,
});

/** The lock of each web application that has one. */
export const ACCESS_LOCKS: Readonly<Partial<Record<Webapp, Setting<boolean>>>> = {
  selfreg: selfregAccessLocked,
  pwreset: pwresetAccessLocked,
};
