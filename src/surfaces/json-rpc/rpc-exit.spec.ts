import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { DomainError } from '../../core/errors/domain-error.js';
import { BodyError } from '../../core/web/request-body.js';
import { HttpRefusal } from './http-refusal.js';
import { RpcError } from './rpc-error.js';
import { RpcExit } from './rpc-exit.js';

const PLACE = { correlationId: 'req-1', method: 'Demo.Echo' };

describe('RpcExit', () => {
  const exit = new RpcExit();
  let error: MockInstance<Logger['error']>;
  let warn: MockInstance<Logger['warn']>;

  beforeEach(() => {
    error = vi.spyOn(Logger.prototype, 'error').mockReturnValue();
    warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('passes refusals of the protocol on, unlogged', () => {
    expect(exit.ofCall(new RpcError(-32602, 'Parameter a missing'), PLACE)).toEqual({
      code: -32602,
      message: 'Invalid params',
      data: 'Parameter a missing',
    });
    expect(error).not.toHaveBeenCalled();
  });

  it('gives refusals of the core their text or false, unlogged', () => {
    const unknown = new DomainError('domain-not-found', { params: { domain: 'X' }, detail: 'not for clients' });
    expect(exit.ofCall(unknown, PLACE)).toMatchObject({ code: -32603, data: "Domain 'X' not existing" });
    expect(exit.ofCall(new DomainError('unknown-word'), PLACE)).toBe(false);
    expect(error).not.toHaveBeenCalled();
    expect(warn).not.toHaveBeenCalled();
  });

  it('logs a service that is down, with its cause', () => {
    const down = new DomainError('database-unavailable', { cause: new Error('ECONNREFUSED') });
    expect(exit.ofCall(down, PLACE)).toEqual({
      code: -32000,
      message: 'Server error',
      data: 'Database not reachable',
    });
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        ...PLACE,
        error: expect.objectContaining({
          cause: expect.objectContaining({ message: 'ECONNREFUSED' }) as unknown,
        }) as unknown,
      }),
    );
  });

  it.each([
    ['an error', new TypeError('secret in a message')],
    ['a text', 'secret in a message'],
    ['nothing', undefined],
    ['an internal refusal', new DomainError('internal', { detail: 'secret in a message' })],
  ])('answers %s neutrally and logs it once', (_case, thrown) => {
    expect(exit.ofCall(thrown, PLACE)).toEqual({
      code: -32603,
      message: 'Internal error',
      data: 'Unexpected failure, reference req-1',
    });
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(PLACE));
  });

  it.each([
    [
      new DomainError('credentials-missing'),
      401,
      { 'www-authenticate': 'Basic realm="Manager"' },
      'Authentication required',
    ],
    [new DomainError('client-address-not-allowed'), 403, {}, 'Client address not allowed'],
    [new DomainError('client-address-unreadable'), 403, {}, 'Client address not allowed'],
    [
      new DomainError('too-many-attempts', { params: { retryAfter: 61.2 } }),
      429,
      { 'retry-after': '62' },
      'Too many failed logins',
    ],
    [
      new DomainError('too-many-attempts', { params: { retryAfter: 0 } }),
      429,
      { 'retry-after': '1' },
      'Too many failed logins',
    ],
    [new BodyError('too-large'), 413, { connection: 'close' }, 'Request body over 1 MiB'],
    [new BodyError('aborted'), 400, {}, 'Request body incomplete'],
    [new HttpRefusal(405, 'HTTP method not POST', { allow: 'POST' }), 405, { allow: 'POST' }, 'HTTP method not POST'],
    [new DomainError('credentials-invalid'), 200, {}, 'Invalid username or password'],
    [new DomainError('password-expired'), 200, {}, 'Invalid username or password'],
    [new DomainError('account-locked'), 200, {}, 'Invalid username or password'],
  ])('turns a request away: %s', (thrown, status, headers, data) => {
    const answer = exit.ofRequest(thrown, 'req-1');
    expect(answer).toMatchObject({ status, headers });
    expect(JSON.parse(answer.body ?? '')).toEqual({
      jsonrpc: '2.0',
      error: { code: -32600, message: 'Invalid Request', data },
      id: null,
    });
    expect(error).not.toHaveBeenCalled();
  });

  it('answers a request with HTTP 200 when a service that lets callers in is down', () => {
    const answer = exit.ofRequest(new DomainError('directory-unavailable'), 'req-1');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ error: { code: -32000, data: 'Directory not reachable' } });
  });
});
