import { describe, expect, it } from 'vitest';
import type { AuthenticatorCode, LogonStep } from '../applications/application.js';
import { withoutSecondFactor } from './required-steps.js';

const steps = (...authenticators: readonly AuthenticatorCode[][]): LogonStep[] =>
  authenticators.map((codes) => ({ authenticators: codes }) as Partial<LogonStep> as LogonStep);

describe('a logon without a second factor', () => {
  it.each<[string, LogonStep[], number]>([
    ['the first step', steps(['SPASS'], ['OTP'], ['FIDO']), 1],
    ['the only step', steps(['OTP', 'OTPoD']), 1],
    ['no step of none', steps(), 0],
    ['the second step too where the first is never alone', steps(['QNA'], ['SPASS'], ['OTP']), 2],
    ['all steps where none is', steps(['QNA'], ['PIN', 'EMCODE']), 2],
  ])('asks for %s', (_, declared, count) => {
    expect(withoutSecondFactor(declared)).toEqual(declared.slice(0, count));
  });
});
