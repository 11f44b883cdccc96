import { describe, expect, it } from 'vitest';
import { plainSecret } from '../crypto/secret-types.js';
import { characterClasses, passwordRefusals } from './password-check.js';
import type { OwnPasswordPolicy } from './password-policy.js';

const LAX: OwnPasswordPolicy = {
  min_length: 4,
  max_length: 64,
  classes: 1,
  passphrase_length: 0,
  not_login: false,
  not_common: false,
  history: 0,
  blocked: [],
};

function codes(policy: Partial<OwnPasswordPolicy>, password: string, login = 'jane'): string[] {
  return passwordRefusals({ ...LAX, ...policy }, plainSecret(password), { login }).map(({ code }) => code);
}

describe('the check of a new password', () => {
  it('counts characters as code points, so that one emoji is one', () => {
    expect(codes({}, '🔑🔑🔑')).toEqual(['password-too-short']);
    expect(codes({}, '🔑🔑🔑🔑')).toEqual([]);
    expect(codes({ max_length: 64 }, '🔑'.repeat(64))).toEqual([]);
    expect(codes({ max_length: 64 }, '🔑'.repeat(65))).toEqual(['password-too-long']);
  });

  it('counts after NFKC, as the password is hashed', () => {
    expect(codes({}, 'e\u0301'.repeat(3))).toEqual(['password-too-short']);
    expect(codes({}, 'ﬃ1')).toEqual([]);
  });

  it('counts classes of letters of any script', () => {
    expect(characterClasses('')).toBe(0);
    expect(characterClasses('пароль')).toBe(1);
    expect(characterClasses('Пароль')).toBe(2);
    expect(characterClasses('Пароль٣')).toBe(3);
    expect(characterClasses('Пароль٣ ')).toBe(4);
    expect(characterClasses('密码')).toBe(1);
  });

  it('demands its classes', () => {
    expect(codes({ classes: 3 }, 'lowercase1')).toEqual(['password-too-simple']);
    expect(codes({ classes: 3 }, 'Lowercase1')).toEqual([]);
  });

  it('lets a passphrase off the classes, and off nothing else', () => {
    const policy = { classes: 4, passphrase_length: 20, not_login: true };
    expect(codes(policy, 'four plain words toge')).toEqual([]);
    expect(codes(policy, 'four plain words to')).toEqual(['password-too-simple']);
    expect(codes(policy, 'four plain words of jane')).toEqual(['password-contains-name']);
    expect(codes({ ...policy, passphrase_length: 0 }, 'four plain words together')).toEqual(['password-too-simple']);
  });

  it.each(['xxJANExx', 'jane', 'xＪａｎｅx'])('finds the login inside %s', (password) => {
    expect(codes({ not_login: true }, password)).toEqual(['password-contains-name']);
  });

  it('leaves logins alone that are too short to say anything', () => {
    expect(codes({ not_login: true }, 'banjo', 'jo')).toEqual([]);
    expect(codes({ not_login: true }, 'any password', '')).toEqual([]);
  });

  it.each(['password', 'PassWord', '12345678', 'ｑｗｅｒｔｙ'])('refuses the common password %s', (password) => {
    expect(codes({ not_common: true }, password)).toEqual(['password-too-common']);
  });

  it.each(['harbour.example', 'HARBOUR.Example'])('refuses the name of the domain: %s', (password) => {
    const refusals = (not_common: boolean) =>
      passwordRefusals({ ...LAX, not_common }, plainSecret(password), { login: 'jane', domain: 'Harbour.example' });
    expect(refusals(true)).toEqual([{ code: 'password-too-common', params: {} }]);
    expect(refusals(false)).toEqual([]);
  });

  it.each(['spring2026', 'SPRING2026', 'ﬁrma'])('refuses the blocked word %s', (password) => {
    expect(codes({ blocked: ['Spring2026', 'ﬁrma', 'e\u0301te\u0301'] }, password)).toEqual(['password-too-common']);
  });

  it('refuses a blocked word in any composition of its letters', () => {
    expect(codes({ blocked: ['e\u0301te\u0301'] }, '\u00e9t\u00e9x')).toEqual([]);
    expect(codes({ blocked: ['e\u0301te\u0301e'] }, '\u00e9t\u00e9e')).toEqual(['password-too-common']);
  });

  it('blocks whole words only', () => {
    expect(codes({ blocked: ['spring'] }, 'spring 2026')).toEqual([]);
  });

  it('names every rule that is broken, with what it asks for', () => {
    const policy = { ...LAX, min_length: 8, classes: 3, not_login: true, not_common: true };
    expect(passwordRefusals(policy, plainSecret('jane'), { login: 'jane' })).toEqual([
      { code: 'password-too-short', params: { min: 8 } },
      { code: 'password-too-simple', params: { classes: 3 } },
      { code: 'password-contains-name', params: {} },
      { code: 'password-too-common', params: {} },
    ]);
  });

  it('never puts the password into what it answers', () => {
    const refusals = passwordRefusals({ ...LAX, min_length: 64 }, plainSecret('canary-7f3'), { login: 'jane' });
    expect(JSON.stringify(refusals)).not.toContain('canary');
  });
});
