import type { PlainSecret } from '../../crypto/secret-types.js';
import { DomainError } from '../../errors/domain-error.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import { generalizedTime } from './generalized-time.js';
import type { PasswordPolicyEntry } from './password-policy-entry.js';
import { isLockedForGood } from './person-state.js';
import { isStoredPassword, passwordInHistoryValue } from './stored-password.js';

/** What {@link expectAllowed} reads besides the person's state. */
export const CHANGE_ATTRIBUTES = ['userPassword', 'pwdHistory'];

type Check = (entry: LdapEntry, password: PlainSecret, policy: PasswordPolicyEntry, now: Date) => void;

/**
 * Applies the policy before the directory is asked. slapd enforces it by itself against an account with `write` access
 * to passwords; one with `manage` access is a password administrator to it, whose changes it does not check at all.
 * Hashes that cannot be read or judged here are left to slapd.
 *
 * @throws DomainError for the first rule that is broken
 */
export function expectAllowed(
  entry: LdapEntry,
  password: PlainSecret,
  policy: PasswordPolicyEntry | undefined,
  now: Date,
): void {
  // A new password would lift this lock, which an administrator meant to last.
  if (isLockedForGood(entry)) throw new DomainError('account-disabled');
  if (policy) for (const check of CHECKS) check(entry, password, policy, now);
}

const allowed: Check = (_entry, _password, policy) => {
  if (!policy.allowsUserChange) throw new DomainError('password-change-forbidden');
};

const oldEnough: Check = (entry, _password, { minAge }, now) => {
  const changed = generalizedTime(entry.text('pwdChangedTime'));
  if (minAge === 0 || !changed || entry.boolean('pwdReset') === true) return;
  if (now.getTime() < changed.getTime() + minAge * 1000) {
    throw new DomainError('password-too-young', { params: { minAge } });
  }
};

const longEnough: Check = (_entry, password, { checksQuality, minLength, maxLength }) => {
  const length = Buffer.byteLength(password);
  if (!checksQuality) return;
  if (length < minLength) throw new DomainError('password-too-short', { params: { min: minLength } });
  if (maxLength > 0 && length > maxLength) throw new DomainError('password-too-long', { params: { max: maxLength } });
};

const notUsedBefore: Check = (entry, password, { inHistory }) => {
  if (inHistory === 0) return;
  // The values begin with the time they were made, so the newest come last.
  const earlier = entry.texts('pwdHistory').toSorted().slice(-inHistory).map(passwordInHistoryValue);
  const stored = [...entry.texts('userPassword'), ...earlier].filter((value) => value !== undefined);
  if (stored.some((value) => isStoredPassword(value, password))) {
    throw new DomainError('password-in-history', { params: { count: inHistory } });
  }
};

const CHECKS: readonly Check[] = [allowed, oldEnough, longEnough, notUsedBefore];
