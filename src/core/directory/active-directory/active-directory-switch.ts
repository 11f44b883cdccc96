import type { AccountSwitch } from '../ldap/account-switch.js';
import { ACCOUNT_DISABLED } from './person-state.js';

/** NORMAL_ACCOUNT (MS-ADTS 2.2.16). */
const NORMAL_ACCOUNT = 0x200;

/** Zero means that the password must be changed (MS-ADA3, pwdLastSet). */
const PASSWORD_OF_ANOTHER_TIME = [{ operation: 'replace', attribute: 'pwdLastSet', values: ['0'] }] as const;

/** Accounts of an Active Directory: made switched off, and switched on when they have a password. */
export const activeDirectorySwitch: AccountSwitch = {
  initial: { userAccountControl: [String(NORMAL_ACCOUNT | ACCOUNT_DISABLED)] },
  needsPassword: true,
  mustChange: PASSWORD_OF_ANOTHER_TIME,
  demandChange: PASSWORD_OF_ANOTHER_TIME,

  isDisabled(entry) {
    return ((entry.integer('userAccountControl') ?? 0) & ACCOUNT_DISABLED) !== 0;
  },

  changes(entry, disabled) {
    const present = entry.integer('userAccountControl') ?? NORMAL_ACCOUNT;
    const wanted = disabled ? present | ACCOUNT_DISABLED : present & ~ACCOUNT_DISABLED;
    if (wanted === present) return [];
    return [{ operation: 'replace', attribute: 'userAccountControl', values: [String(wanted)] }];
  },
};
