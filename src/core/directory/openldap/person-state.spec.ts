import { describe, expect, it } from 'vitest';
import { LdapEntry } from '../ldap/ldap-entry.js';
import { type PasswordPolicyEntry, readPolicy } from './password-policy-entry.js';
import { personState } from './person-state.js';

const NOW = new Date('2026-08-03T09:00:00Z');

function entry(attributes: Record<string, string>): LdapEntry {
  return new LdapEntry(
    'uid=jane',
    Object.entries(attributes).map(([name, value]) => [name, [Buffer.from(value)]]),
  );
}

const policy: PasswordPolicyEntry = readPolicy(
  entry({ pwdLockout: 'TRUE', pwdLockoutDuration: '300', pwdMustChange: 'TRUE' }),
);

describe('how an account stands', () => {
  it('is well without any state', () => {
    expect(personState(entry({}), undefined, NOW)).toEqual({
      disabled: false,
      locked: false,
      expired: false,
      mustChangePassword: false,
      mayChangePassword: true,
      passwordChangedAt: undefined,
    });
  });

  it('is locked for as long as the policy says', () => {
    const locked = (since: string, under: PasswordPolicyEntry | undefined) =>
      personState(entry({ pwdAccountLockedTime: since }), under, NOW).locked;
    expect(locked('20260803085501Z', policy)).toBe(true);
    expect(locked('20260803085500Z', policy)).toBe(false);
    expect(locked('20200101000000Z', { ...policy, lockoutDuration: 0 })).toBe(true);
    expect(locked('20200101000000Z', undefined)).toBe(true);
    expect(locked('20260803085959Z', { ...policy, locksOut: false })).toBe(false);
  });

  it('is disabled, not locked, when an administrator locked it for good', () => {
    expect(personState(entry({ pwdAccountLockedTime: '000001010000Z' }), policy, NOW)).toMatchObject({
      disabled: true,
      locked: false,
    });
  });

  it('must change its password only where the policy heeds a reset', () => {
    const reset = entry({ pwdReset: 'TRUE' });
    expect(personState(reset, policy, NOW).mustChangePassword).toBe(true);
    expect(personState(reset, { ...policy, mustChangeAfterReset: false }, NOW).mustChangePassword).toBe(false);
    expect(personState(reset, undefined, NOW).mustChangePassword).toBe(true);
    expect(personState(entry({ pwdReset: 'FALSE' }), policy, NOW).mustChangePassword).toBe(false);
  });
});
