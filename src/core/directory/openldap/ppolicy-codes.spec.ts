import { expect, it } from 'vitest';
import { BIND_CODES, CHANGE_CODES } from './ppolicy-codes.js';

it('gives each refusal of a change one domain error', () => {
  expect(CHANGE_CODES).toEqual({
    passwordExpired: 'password-expired',
    accountLocked: 'account-locked',
    changeAfterReset: 'password-must-change',
    passwordModNotAllowed: 'password-change-forbidden',
    mustSupplyOldPassword: 'password-change-forbidden',
    insufficientPasswordQuality: 'password-too-simple',
    passwordTooShort: 'password-too-short',
    passwordTooYoung: 'password-too-young',
    passwordInHistory: 'password-in-history',
    passwordTooLong: 'password-too-long',
  });
});

it('gives refusals of a bind the outcome of a password check', () => {
  expect(BIND_CODES).toEqual({
    passwordExpired: 'password-expired',
    accountLocked: 'account-locked',
    changeAfterReset: 'password-must-change',
  });
});
