import type { Person } from '../directory.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import type { AccountPolicy } from './account-policy.js';
import { fileTime, largeInteger } from './file-time.js';

/** Bits of userAccountControl and of its computed sibling (MS-ADTS 2.2.16). */
export const ACCOUNT_DISABLED = 0x2;
const LOCKED_OUT = 0x10;
const CANNOT_CHANGE_PASSWORD = 0x40;
const PASSWORD_NEVER_EXPIRES = 0x10000;

/** Attributes that say how an account stands. */
export const STATE_ATTRIBUTES = [
  'objectGUID',
  'sAMAccountName',
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'lockoutTime',
  'pwdLastSet',
  'accountExpires',
  'msDS-ResultantPSO',
  'isCriticalSystemObject',
];

export type PersonState = Pick<
  Person,
  'disabled' | 'locked' | 'expired' | 'mustChangePassword' | 'mayChangePassword' | 'passwordChangedAt'
>;

/** How an account stands at `now`; `policy` matters where {@link lockNeedsPolicy}. */
export function personState(entry: LdapEntry, policy: AccountPolicy | undefined, now: Date): PersonState {
  const control = entry.integer('userAccountControl') ?? 0;
  const expires = fileTime(entry.text('accountExpires'));
  const lastSet = largeInteger(entry.text('pwdLastSet'));
  return {
    disabled: (control & ACCOUNT_DISABLED) !== 0,
    locked: isLocked(entry, policy, now),
    expired: expires !== undefined && expires <= now,
    mustChangePassword: lastSet === 0n && (control & PASSWORD_NEVER_EXPIRES) === 0,
    // "Cannot change password" is an entry in the access list; the bit appears only where the server computes it.
    mayChangePassword: ((control | computed(entry)) & CANNOT_CHANGE_PASSWORD) === 0,
    passwordChangedAt: fileTime(entry.text('pwdLastSet')),
  };
}

/** Whether a lock must be judged by the policy, because the server's own verdict cannot be read. */
export function lockNeedsPolicy(entry: LdapEntry): boolean {
  return hasLockoutTime(entry) && entry.text('msDS-User-Account-Control-Computed') === undefined;
}

function isLocked(entry: LdapEntry, policy: AccountPolicy | undefined, now: Date): boolean {
  if (!lockNeedsPolicy(entry)) return (computed(entry) & LOCKED_OUT) !== 0;
  const since = fileTime(entry.text('lockoutTime'));
  const seconds = policy?.lockoutDuration ?? 0;
  return seconds === 0 || since === undefined || now.getTime() < since.getTime() + seconds * 1000;
}

/** Whether failed log-ons locked the account, even if the lock has run out. */
export function hasLockoutTime(entry: LdapEntry): boolean {
  return (largeInteger(entry.text('lockoutTime')) ?? 0n) !== 0n;
}

function computed(entry: LdapEntry): number {
  return entry.integer('msDS-User-Account-Control-Computed') ?? 0;
}
