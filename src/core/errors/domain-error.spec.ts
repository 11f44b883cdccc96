import { describe, expect, it } from 'vitest';
import { DOMAIN_ERRORS, DomainError, type DomainErrorCode } from './domain-error.js';

describe('a domain error', () => {
  it('has the category of its code', () => {
    for (const [code, category] of Object.entries(DOMAIN_ERRORS)) {
      expect(new DomainError(code as DomainErrorCode).category).toBe(category);
    }
  });

  it('keeps what a client may read apart from what the log may', () => {
    const cause = new Error('socket hang up');
    const error = new DomainError('domain-not-found', { params: { domain: 'ACME' }, detail: 'asked by desk', cause });
    expect(error).toMatchObject({
      message: 'domain-not-found: asked by desk',
      params: { domain: 'ACME' },
      detail: 'asked by desk',
      cause,
    });
    expect(new DomainError('internal')).toMatchObject({ message: 'internal', params: {}, detail: undefined });
  });

  it('is told from other errors by its code', () => {
    const error: unknown = new DomainError('account-locked');
    expect(DomainError.is(error)).toBe(true);
    expect(DomainError.is(error, 'account-disabled', 'account-locked')).toBe(true);
    expect(DomainError.is(error, 'account-disabled')).toBe(false);
    expect(DomainError.is(Object.assign(new Error('x'), { code: 'account-locked' }), 'account-locked')).toBe(false);
    expect(DomainError.is(undefined)).toBe(false);
  });
});
