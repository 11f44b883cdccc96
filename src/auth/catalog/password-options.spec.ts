import { describe, expect, it } from 'vitest';
import type { Policy } from '../../core/policies/policy.js';
import { passwordOptions } from './password-options.js';

const DAY = 86_400;
const policy = (options: Record<string, string>) =>
  ({ options: new Map(Object.entries(options)) }) as Partial<Policy> as Policy;

describe('the options of the category password', () => {
  it('have the directory’s rules where those are stricter', () => {
    const directory = { minLength: 12, history: 24, maxAge: 42 * DAY, minAge: DAY };
    expect(passwordOptions(policy({ maxAgeDays: '90', minAgeDays: '3' }), 'directory', directory)).toEqual({
      minLength: '12',
      history: '24',
      maxAgeDays: '42',
      minAgeDays: '3',
      blocklist: '',
    });
    expect(passwordOptions(policy({ maxAgeDays: '30' }), 'directory', directory)).toMatchObject({
      maxAgeDays: '30',
      minAgeDays: '1',
    });
  });

  it('say that nothing is demanded where nothing is', () => {
    expect(passwordOptions(undefined, 'directory', {})).toEqual({
      minLength: '1',
      history: '0',
      maxAgeDays: '0',
      minAgeDays: '0',
      blocklist: '',
    });
  });
});
