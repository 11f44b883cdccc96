import { describe, expect, it } from 'vitest';
import { STANDING, sufficesForLogon } from './second-factor.js';

describe('a log-on', () => {
  it('attack 16: is never complete with an emergency code, security questions or a PIN, not even together', () => {
    expect(sufficesForLogon([])).toBe(false);
    expect(sufficesForLogon(['EMCODE'])).toBe(false);
    expect(sufficesForLogon(['QNA'])).toBe(false);
    expect(sufficesForLogon(['PIN'])).toBe(false);
    expect(sufficesForLogon(['EMCODE', 'QNA', 'PIN'])).toBe(false);
  });

  it('is with a password or a token beside them', () => {
    expect(sufficesForLogon(['SPASS'])).toBe(true);
    expect(sufficesForLogon(['SPASS', 'EMCODE'])).toBe(true);
    expect(sufficesForLogon(['QNA', 'OTP'])).toBe(true);
  });
});

it('knowledge is no second factor', () => {
  const knowledge = ['QNA', 'PIN'] as const;
  expect(knowledge.map((authenticator) => STANDING[authenticator].secondFactor)).toEqual([false, false]);
});
