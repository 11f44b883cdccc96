import { describe, expect, it } from 'vitest';
import { errorCodeOf, nameOfResult, RESULT } from './result-codes.js';

describe('result codes', () => {
  it.each([
    ['busy', 'directory-unavailable'],
    ['unavailable', 'directory-unavailable'],
    ['timeLimitExceeded', 'directory-unavailable'],
    ['invalidCredentials', 'directory-misconfigured'],
    ['confidentialityRequired', 'directory-misconfigured'],
    ['referral', 'directory-misconfigured'],
    ['noSuchObject', 'directory-misconfigured'],
    ['insufficientAccessRights', 'directory-rights-missing'],
    ['sizeLimitExceeded', 'account-ambiguous'],
  ] as const)('%s means %s', (name, code) => {
    expect(errorCodeOf(RESULT[name])).toBe(code);
  });

  it('that nobody knows mean a directory out of order', () => {
    expect(errorCodeOf(4095)).toBe('directory-unavailable');
  });

  it('have names for logs', () => {
    expect(nameOfResult(49)).toBe('invalidCredentials (49)');
    expect(nameOfResult(4095)).toBe('result code 4095');
  });
});
