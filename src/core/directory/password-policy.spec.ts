import { describe, expect, it } from 'vitest';
import { type OwnPasswordPolicy, passwordPolicy, rulesOf, stricterRules } from './password-policy.js';

describe('the setting of the password policy', () => {
  it('keeps defaults for what is left out', () => {
    expect(passwordPolicy.parse({ min_length: 12 })).toEqual({ ...(passwordPolicy.default as object), min_length: 12 });
    expect(passwordPolicy.parse({})).toEqual(passwordPolicy.default);
  });

  it('may leave everything to the directory', () => {
    expect(passwordPolicy.parse('directory')).toBe('directory');
  });

  it.each([
    [{ min_length: 4 }],
    [{ min_length: 128, max_length: 128 }],
    [{ max_length: 1024 }],
    [{ classes: 1 }],
    [{ classes: 4 }],
    [{ passphrase_length: 0 }],
    [{ history: 50 }],
    [{ not_login: false, not_common: false }],
    [{ blocked: ['Spring2026!', ''] }],
  ])('takes %j', (value) => {
    expect(passwordPolicy.parse(value)).toMatchObject(value);
  });

  it.each([
    [{ min_length: 3 }],
    [{ min_length: 129 }],
    [{ min_length: 8.5 }],
    [{ min_length: '8' }],
    [{ min_length: null }],
    [{ min_length: undefined }],
    [{ max_length: 63 }],
    [{ max_length: 1025 }],
    [{ min_length: 128, max_length: 64 }],
    [{ classes: 0 }],
    [{ classes: 5 }],
    [{ passphrase_length: -1 }],
    [{ history: 51 }],
    [{ not_login: 'yes' }],
    [{ not_common: 1 }],
    [{ blocked: 'word' }],
    [{ blocked: [1] }],
    [{ minLength: 8 }],
    [{ toString: 1 }],
    [{ ['__proto__']: 1, constructor: {} }],
    ['none'],
    [[]],
    [null],
    [8],
  ])('refuses %j', (value) => {
    expect(passwordPolicy.parse(value)).toBeUndefined();
  });
});

describe('rules of the own policy', () => {
  const policy = passwordPolicy.default as OwnPasswordPolicy;

  it('leave out what is not demanded', () => {
    const lax = { ...policy, classes: 1, not_login: false, not_common: false, history: 0 };
    expect(rulesOf(lax)).toEqual({ minLength: 8, maxLength: 256 });
    expect(rulesOf('directory')).toEqual({});
  });

  it('name everything that is demanded', () => {
    expect(rulesOf({ ...policy, history: 3 })).toEqual({
      minLength: 8,
      maxLength: 256,
      classes: 3,
      passphraseLength: 20,
      notName: true,
      notCommon: true,
      history: 3,
    });
  });
});

describe('two sets of rules together', () => {
  it('demand the stricter one of each', () => {
    const a = { minLength: 8, maxLength: 64, classes: 3, passphraseLength: 20, history: 2, minAge: 0, maxAge: 10 };
    const b = { minLength: 12, maxLength: 256, classes: 2, passphraseLength: 30, history: 24, minAge: 60, maxAge: 9 };
    const stricter = {
      minLength: 12,
      maxLength: 64,
      classes: 3,
      passphraseLength: 30,
      history: 24,
      minAge: 60,
      maxAge: 9,
    };
    expect(stricterRules(a, b)).toEqual(stricter);
    expect(stricterRules(b, a)).toEqual(stricter);
  });

  it('demand what only one of them does', () => {
    expect(stricterRules({ minLength: 8, notCommon: true }, { history: 24, notName: true })).toEqual({
      minLength: 8,
      notCommon: true,
      history: 24,
      notName: true,
    });
  });

  it('are not weakened by a side that says no or nothing', () => {
    const strict = { minLength: 8, notName: true, notCommon: true };
    expect(stricterRules(strict, { minLength: undefined, notName: false, notCommon: false })).toEqual(strict);
  });

  it.each([
    [{ classes: 3, passphraseLength: 20 }, {}, 20],
    [{ classes: 3, passphraseLength: 20 }, { minLength: 7 }, 20],
    [{ classes: 3, passphraseLength: 20 }, { classes: 3 }, undefined],
    [{ classes: 3 }, { classes: 3, passphraseLength: 20 }, undefined],
    [{}, {}, undefined],
  ])('let a passphrase off the classes only where both do: %j and %j', (a, b, length) => {
    expect(stricterRules(a, b).passphraseLength).toBe(length);
  });

  it("show the directory's own wording before ours", () => {
    expect(stricterRules({ text: 'ours' }, { text: 'theirs' }).text).toBe('theirs');
    expect(stricterRules({ text: 'ours' }, {}).text).toBe('ours');
  });
});
