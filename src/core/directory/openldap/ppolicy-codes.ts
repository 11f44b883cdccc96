import type { DomainErrorCode } from '../../errors/domain-error.js';
import type { PasswordCheck } from '../directory.js';
import type { PpolicyError } from './ppolicy-control.js';

/** What a refused password change means. */
export const CHANGE_CODES: Readonly<Record<PpolicyError, DomainErrorCode>> = {
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
};

type CheckCode = Extract<PasswordCheck, { ok: false }>['code'];

/** What a bind with such an error means; the others do not come with binds. */
export const BIND_CODES: Readonly<Partial<Record<PpolicyError, CheckCode>>> = {
  passwordExpired: 'password-expired',
  accountLocked: 'account-locked',
  changeAfterReset: 'password-must-change',
};
