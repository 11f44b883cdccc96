import { describe, expect, it } from 'vitest';
import type { OwnPasswordPolicy } from '../directory/password-policy.js';
import { keptHistory, stricterPasswordPolicy } from './own-password-policy.js';
import type { Policy } from './policy.js';

const SETTING: OwnPasswordPolicy = {
  min_length: 10,
  max_length: 64,
  classes: 3,
  passphrase_length: 20,
  not_login: true,
  not_common: true,
  history: 4,
  blocked: ['harbour'],
};
const policy = (options: Record<string, string>) =>
  ({ options: new Map(Object.entries(options)) }) as Partial<Policy> as Policy;

describe('our own rules for passwords', () => {
  it('are the setting where no policy is in force', () => {
    expect(stricterPasswordPolicy(SETTING, undefined)).toBe(SETTING);
    expect(stricterPasswordPolicy('directory', undefined)).toBe('directory');
  });

  it('are the stricter of both', () => {
    expect(stricterPasswordPolicy(SETTING, policy({ minLength: '8', history: '2' }))).toEqual(SETTING);
    expect(
      stricterPasswordPolicy(SETTING, policy({ minLength: '14', history: '6', blocklist: 'heron; dune' })),
    ).toEqual({
      ...SETTING,
      min_length: 14,
      history: 6,
      blocked: ['harbour', 'heron', 'dune'],
    });
  });

  it('can be met', () => {
    expect(stricterPasswordPolicy(SETTING, policy({ minLength: '128' }))).toMatchObject({
      min_length: 128,
      max_length: 128,
    });
  });

  it('are those of the policy alone where the directory has the say', () => {
    expect(stricterPasswordPolicy('directory', policy({ minLength: '14' }))).toMatchObject({
      min_length: 14,
      classes: 1,
      not_common: false,
      history: 0,
    });
  });

  it('have a history only in the directory that is our own', () => {
    expect(keptHistory(SETTING, { kind: 'builtin' })).toBe(SETTING);
    expect(keptHistory(SETTING, { kind: 'openldap' })).toMatchObject({ history: 0, min_length: 10 });
    expect(keptHistory('directory', { kind: 'openldap' })).toBe('directory');
  });
});
