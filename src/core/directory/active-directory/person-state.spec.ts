import { describe, expect, it } from 'vitest';
import { LdapEntry } from '../ldap/ldap-entry.js';
import type { AccountPolicy } from './account-policy.js';
import { lockNeedsPolicy, personState } from './person-state.js';

const NOW = new Date('2026-08-03T09:00:00Z');
const HALF_AN_HOUR: AccountPolicy = {
  minLength: 0,
  history: 0,
  complex: false,
  minAge: 0,
  maxAge: 0,
  lockoutDuration: 1800,
};

function entry(attributes: Record<string, string>): LdapEntry {
  return new LdapEntry(
    'CN=Jane',
    Object.entries(attributes).map(([name, value]) => [name, [Buffer.from(value)]]),
  );
}

/** 100 ns since 1601. */
function ticks(iso: string): string {
  return String((BigInt(Date.parse(iso)) + 11_644_473_600_000n) * 10_000n);
}

describe('how an account stands', () => {
  it('is read from the bits of userAccountControl', () => {
    expect(personState(entry({ userAccountControl: '512' }), undefined, NOW).disabled).toBe(false);
    expect(personState(entry({ userAccountControl: '514' }), undefined, NOW).disabled).toBe(true);
    expect(personState(entry({ userAccountControl: '576' }), undefined, NOW).mayChangePassword).toBe(false);
  });

  it('must change its password after a reset, unless passwords never expire', () => {
    const reset = { pwdLastSet: '0', userAccountControl: '512' };
    expect(personState(entry(reset), undefined, NOW).mustChangePassword).toBe(true);
    const never = { ...reset, userAccountControl: String(0x200 | 0x10000) };
    expect(personState(entry(never), undefined, NOW).mustChangePassword).toBe(false);
    expect(personState(entry({ pwdLastSet: ticks('2026-01-01T00:00:00Z') }), undefined, NOW)).toMatchObject({
      mustChangePassword: false,
      passwordChangedAt: new Date('2026-01-01T00:00:00Z'),
    });
  });

  it('expires on its day', () => {
    const expired = (text: string) => personState(entry({ accountExpires: text }), undefined, NOW).expired;
    expect(expired(ticks('2026-08-03T09:00:00Z'))).toBe(true);
    expect(expired(ticks('2026-08-03T09:00:01Z'))).toBe(false);
    expect(expired('0')).toBe(false);
    expect(expired('9223372036854775807')).toBe(false);
  });

  it('is locked when the server says so', () => {
    const locked = { lockoutTime: ticks('2026-08-03T08:59:00Z'), 'msDS-User-Account-Control-Computed': '16' };
    expect(personState(entry(locked), undefined, NOW).locked).toBe(true);
    const over = { ...locked, 'msDS-User-Account-Control-Computed': '0' };
    expect(lockNeedsPolicy(entry(over))).toBe(false);
    expect(personState(entry(over), undefined, NOW).locked).toBe(false);
  });

  it('is locked by the policy where the server’s verdict cannot be read', () => {
    const since = (iso: string) => entry({ lockoutTime: ticks(iso) });
    expect(lockNeedsPolicy(since('2026-08-03T08:59:00Z'))).toBe(true);
    expect(personState(since('2026-08-03T08:30:01Z'), HALF_AN_HOUR, NOW).locked).toBe(true);
    expect(personState(since('2026-08-03T08:30:00Z'), HALF_AN_HOUR, NOW).locked).toBe(false);
    expect(personState(since('2020-01-01T00:00:00Z'), undefined, NOW).locked).toBe(true);
    expect(personState(entry({ lockoutTime: '0' }), HALF_AN_HOUR, NOW).locked).toBe(false);
  });
});
