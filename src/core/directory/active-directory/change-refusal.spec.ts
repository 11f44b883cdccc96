import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../crypto/secret-types.js';
import { LdapEntry } from '../ldap/ldap-entry.js';
import type { AccountPolicy } from './account-policy.js';
import { changeRefusal, type RefusedChange } from './change-refusal.js';

const NOW = new Date('2026-08-03T09:00:00Z');
const WINDOWS = '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n\0';
const policy: AccountPolicy = {
  minLength: 10,
  history: 24,
  complex: true,
  minAge: 0,
  maxAge: 0,
  lockoutDuration: 0,
};
const entry = new LdapEntry('CN=Jane Doe', [
  ['sAMAccountName', [Buffer.from('jdoe')]],
  ['displayName', [Buffer.from('Jane Al Doe')]],
  ['pwdLastSet', [Buffer.from('134301276000000000')]],
]);

const refused = { status: 53, diagnostic: WINDOWS, controls: [], entries: [] };
const change: RefusedChange = { password: plainSecret(''), entry, policy, heedsHistory: true, now: NOW };

function codeOf(password: string, more: Partial<RefusedChange> = {}, diagnostic = WINDOWS, status = 53): string {
  const error = changeRefusal(
    { ...refused, diagnostic, status },
    { ...change, password: plainSecret(password), ...more },
  );
  expect(error.message).not.toContain(password);
  return error.code;
}

describe('a refused password', () => {
  it('is judged by the rules when the directory names none', () => {
    expect(codeOf('Sh0rt!')).toBe('password-too-short');
    expect(codeOf('alllowercaseletters')).toBe('password-too-simple');
    expect(codeOf('lowercase-and-dashes')).toBe('password-too-simple');
    expect(codeOf('My-JDOE-password')).toBe('password-contains-name');
    expect(codeOf('Some-jane-password')).toBe('password-contains-name');
    expect(codeOf('Always-good-enough')).toBe('password-in-history');
  });

  it('says what would do, for the sentence on the page', () => {
    expect(changeRefusal(refused, { ...change, password: plainSecret('Sh0rt!') }).params).toEqual({ min: 10 });
    expect(changeRefusal(refused, { ...change, password: plainSecret('alllowercaseletters') }).params).toEqual({
      classes: 3,
    });
  });

  it('counts letters without case as a kind of their own', () => {
    expect(codeOf('ひらがなだけのことば')).toBe('password-too-simple');
    expect(codeOf('ひらがなだけのことばA1')).toBe('password-in-history');
  });

  it('claims a used password only when the server compares', () => {
    expect(codeOf('A-fine-passw0rd', { heedsHistory: false })).toBe('password-refused');
    expect(codeOf('A-fine-passw0rd', { policy: { ...policy, history: 0 } })).toBe('password-refused');
    expect(codeOf('A-fine-passw0rd', { policy: undefined })).toBe('password-refused');
  });

  it('may come too soon', () => {
    const young = { ...policy, minAge: 31 * 86_400 * 12 };
    expect(codeOf('A-fine-passw0rd', { policy: young })).toBe('password-too-young');
  });

  it.each([
    ['the password is too short. It should be equal or longer than 7 characters!', 'password-too-short'],
    ['the password does not meet the complexity criteria!', 'password-too-simple'],
    ['the password was already used (in history)!', 'password-in-history'],
    ['password is too young to change!', 'password-too-young'],
  ])('is judged by the words of Samba: %s', (words, code) => {
    const diagnostic = `0000052D: Constraint violation - check_password_restrictions: ${words}`;
    expect(codeOf('A-fine-passw0rd', {}, diagnostic, 19)).toBe(code);
  });

  it('may be no matter of rules', () => {
    expect(codeOf('A-fine-passw0rd', {}, '0000001F: SvcErr: DSID-031A120C, problem 5003', 53)).toBe(
      'directory-misconfigured',
    );
    expect(codeOf('A-fine-passw0rd', {}, '00000005: SecErr: DSID-031A11E5', 50)).toBe('directory-rights-missing');
    expect(codeOf('A-fine-passw0rd', {}, '00002030: No such Base DN', 32)).toBe('account-not-found');
    expect(codeOf('A-fine-passw0rd', {}, '', 51)).toBe('directory-unavailable');
    expect(codeOf('A-fine-passw0rd', {}, 'something else', 19)).toBe('password-refused');
  });
});
