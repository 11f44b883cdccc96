import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isStoredPassword, passwordInHistoryValue } from './stored-password.js';

function stored(scheme: string, algorithm: string, password: string, salt = ''): string {
  const digest = createHash(algorithm).update(password).update(salt).digest();
  return `{${scheme}}${Buffer.concat([digest, Buffer.from(salt)]).toString('base64')}`;
}

describe('a stored password', () => {
  it.each([
    ['SSHA', 'sha1', 'salt'],
    ['ssha', 'sha1', 'another salt'],
    ['SHA', 'sha1', ''],
    ['SMD5', 'md5', 'salt'],
    ['MD5', 'md5', ''],
    ['SSHA256', 'sha256', 'salt'],
    ['SSHA384', 'sha384', 'salt'],
    ['SSHA512', 'sha512', 'salt'],
  ])('is recognised in {%s}', (scheme, algorithm, salt) => {
    const value = stored(scheme, algorithm, 'Pässword-1', salt);
    expect(isStoredPassword(value, 'Pässword-1')).toBe(true);
    expect(isStoredPassword(value, 'pässword-1')).toBe(false);
  });

  it('is recognised in clear text', () => {
    expect(isStoredPassword('Password-1', 'Password-1')).toBe(true);
    expect(isStoredPassword('{CLEARTEXT}Password-1', 'Password-1')).toBe(true);
    expect(isStoredPassword('Password-1', 'Password-2')).toBe(false);
  });

  it('cannot be judged in other schemes', () => {
    expect(isStoredPassword('{CRYPT}$6$salt$hash', 'x')).toBeUndefined();
    expect(isStoredPassword('{ARGON2}$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA', 'x')).toBeUndefined();
  });

  it('attack 52: is not an empty or a truncated hash', () => {
    for (const value of ['{SSHA}', '{SHA}', '{SSHA}AAAA', '{MD5}====']) {
      expect(isStoredPassword(value, '')).toBe(false);
      expect(isStoredPassword(value, 'x')).toBe(false);
    }
  });

  it('is found in a value of the history', () => {
    const value = '20261122114947Z#1.3.6.1.4.1.1466.115.121.1.40#38#{SSHA}Av0m#x';
    expect(passwordInHistoryValue(value)).toBe('{SSHA}Av0m#x');
    expect(passwordInHistoryValue('nonsense')).toBeUndefined();
  });
});
