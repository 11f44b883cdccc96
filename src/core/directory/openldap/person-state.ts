import type { Person } from '../directory.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import { generalizedTime } from './generalized-time.js';
import type { PasswordPolicyEntry } from './password-policy-entry.js';

/** Value of pwdAccountLockedTime for an account that an administrator locked for good (slapo-ppolicy(5)). */
export const LOCKED_FOR_GOOD = '000001010000Z';

/** Operational attributes that say how an account stands. */
export const STATE_ATTRIBUTES = [
  'entryUUID',
  'pwdAccountLockedTime',
  'pwdStartTime',
  'pwdEndTime',
  'pwdReset',
  'pwdChangedTime',
  'pwdPolicySubentry',
];

export type PersonState = Pick<
  Person,
  'disabled' | 'locked' | 'expired' | 'mustChangePassword' | 'mayChangePassword' | 'passwordChangedAt'
>;

/** How an account stands at `now`, under the policy in force for it as far as it is known. */
export function personState(entry: LdapEntry, policy: PasswordPolicyEntry | undefined, now: Date): PersonState {
  const starts = generalizedTime(entry.text('pwdStartTime'));
  const ends = generalizedTime(entry.text('pwdEndTime'));
  return {
    disabled: isLockedForGood(entry) || (starts !== undefined && starts > now),
    locked: isLocked(entry, policy, now),
    expired: ends !== undefined && ends <= now,
    // slapd heeds pwdReset only where the policy says so.
    mustChangePassword: entry.boolean('pwdReset') === true && policy?.mustChangeAfterReset !== false,
    mayChangePassword: policy?.allowsUserChange ?? true,
    passwordChangedAt: generalizedTime(entry.text('pwdChangedTime')),
  };
}

/** Whether an administrator locked the account, as opposed to a number of failed log-ons. */
export function isLockedForGood(entry: LdapEntry): boolean {
  return entry.text('pwdAccountLockedTime') === LOCKED_FOR_GOOD;
}

function isLocked(entry: LdapEntry, policy: PasswordPolicyEntry | undefined, now: Date): boolean {
  const since = generalizedTime(entry.text('pwdAccountLockedTime'));
  if (!since || isLockedForGood(entry) || policy?.locksOut === false) return false;
  const seconds = policy?.lockoutDuration ?? 0;
  return seconds === 0 || now.getTime() < since.getTime() + seconds * 1000;
}
