import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../errors/domain-error.js';
import { asDomainError, isDatabaseGone, sqlState } from './database.js';

function coded(code: string, fields: object = {}): Error {
  return Object.assign(new Error(`it is ${code}`), { code, ...fields });
}

describe('an error of the database', () => {
  it.each([
    coded('ECONNREFUSED'),
    coded('ECONNRESET'),
    coded('EHOSTUNREACH'),
    coded('ENOTFOUND'),
    coded('ENOENT', { syscall: 'connect' }),
    coded('57014'),
    coded('57P01'),
    coded('57P03'),
    coded('25P03'),
    coded('53300'),
    coded('08006'),
    new QueryFailedError('SELECT 1', [], coded('57P01')),
    new Error('Connection terminated unexpectedly'),
    new QueryFailedError('SELECT 1', [], new Error('Connection terminated unexpectedly')),
    new Error('timeout exceeded when trying to connect'),
    new DomainError('database-unavailable'),
  ])('means that it is gone: %s', (error) => {
    expect(isDatabaseGone(error)).toBe(true);
    expect(asDomainError(error)).toMatchObject({ code: 'database-unavailable' });
  });

  it.each([
    coded('23505'),
    coded('40001'),
    coded('ENOENT', { syscall: 'open' }),
    new Error('nothing of the kind'),
    new DomainError('account-locked'),
  ])('means something else: %s', (error) => {
    expect(isDatabaseGone(error)).toBe(false);
    expect(asDomainError(error)).toBe(error);
  });

  it('may be no error at all', () => {
    expect(isDatabaseGone(undefined)).toBe(false);
    expect(sqlState(null)).toBeUndefined();
    expect(asDomainError('odd')).toBeInstanceOf(Error);
  });

  it('carries its SQLSTATE through the query that failed', () => {
    expect(sqlState(new QueryFailedError('SELECT 1', [], coded('23505')))).toBe('23505');
    expect(sqlState(new Error('none'))).toBeUndefined();
  });
});
