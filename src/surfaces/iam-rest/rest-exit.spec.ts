import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOMAIN_ERRORS, DomainError, type DomainErrorCode } from '../../core/errors/domain-error.js';
import { BodyError } from '../../core/web/request-body.js';
import { refusalOf, RestExit } from './rest-exit.js';
import { RestRefusal } from './rest-refusal.js';

const exit = new RestExit();

/** The status of each code. */
const STATUS: Readonly<Record<number, number>> = {
  1400: 400,
  1401: 401,
  1403: 403,
  1404: 404,
  1405: 405,
  1415: 415,
  1429: 429,
  1500: 500,
  1501: 412,
  1503: 503,
};

describe('what leaves when something goes wrong', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  it.each(Object.keys(DOMAIN_ERRORS) as DomainErrorCode[])('%s has a row of the error table', (code) => {
    const { status, body } = exit.of(new DomainError(code, { detail: 'canary', params: { parameter: 'x' } }), 'r-1');
    expect(STATUS[body.error_code]).toBe(status);
    expect(body.error_message).toBeTruthy();
    expect(JSON.stringify(body)).not.toContain('canary');
  });

  it('names the field where the caller of the core knows better', () => {
    const refusal = refusalOf(new DomainError('password-too-short', { params: { min: 8 } }), 'new_pwd');
    expect([refusal.message, refusal.details]).toEqual([
      'new_pwd is too short. Expected: at least 8 characters',
      { field: 'new_pwd' },
    ]);
  });

  it('tells how long to wait, never zero', () => {
    const limited = exit.of(new DomainError('too-many-attempts', { params: { retryAfter: 0.2 } }), 'r-1');
    expect([limited.status, limited.headers, limited.body.error_details]).toEqual([
      429,
      { 'retry-after': '1' },
      { retry_after: 1 },
    ]);
    expect(RestRefusal.banned(90.5).headers).toEqual({ 'retry-after': '91' });
  });

  it('says of the unexpected no more than where to look it up', () => {
    const { status, body } = exit.of(new Error('canary at /etc/passwd'), 'r-1');
    expect([status, body]).toEqual([500, { error_code: 1500, error_message: 'internal error, reference r-1' }]);
  });

  it('ends the connection of a body that was too long', () => {
    const { status, headers } = exit.of(new BodyError('too-large'), 'r-1');
    expect([status, headers]).toEqual([413, { connection: 'close' }]);
  });
});
