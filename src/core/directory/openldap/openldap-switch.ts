import type { AccountSwitch } from '../ldap/account-switch.js';
import { isLockedForGood, LOCKED_FOR_GOOD, personState } from './person-state.js';

/**
 * Accounts of an OpenLDAP. Without a password no bind succeeds, so a new one needs no more. One is switched off by the
 * lock that slapd never lifts by itself (slapo-ppolicy(5)), for which the overlay is needed.
 */
export const openLdapSwitch: AccountSwitch = {
  initial: {},
  needsPassword: false,
  mustChange: [],
  demandChange: [{ operation: 'replace', attribute: 'pwdReset', values: ['TRUE'] }],

  isDisabled(entry, now) {
    return personState(entry, undefined, now).disabled;
  },

  changes(entry, disabled) {
    if (disabled === isLockedForGood(entry)) return [];
    return [{ operation: 'replace', attribute: 'pwdAccountLockedTime', values: disabled ? [LOCKED_FOR_GOOD] : [] }];
  },
};
