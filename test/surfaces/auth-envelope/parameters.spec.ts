import * as fc from 'fast-check';
import { validateSync } from 'class-validator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/web/strict-json.js';
import { compileReader } from '../../../src/surfaces/auth-envelope/auth-parameter.js';
import { AuthRefusal } from '../../../src/surfaces/auth-envelope/auth-refusal.js';
import { DemoAuthSurface, EchoParameters } from './demo-auth-surface.js';

const USER = { user: { id: 'u-1' } };

describe('authentication methods, section 2.1: references', () => {
  let surface: DemoAuthSurface;

  beforeAll(async () => {
    surface = await DemoAuthSurface.start();
  });
  beforeEach(() => surface.reset());
  afterAll(() => surface.close());

  it.each([
    [{ user: { id: 'u-1' } }, { user: { id: 'u-1' } }],
    [{ user: { id: 1093 } }, { user: { id: '1093' } }],
    [{ user: { id: '#i#_ChallengeCode_22' } }, { user: { id: '#i#_ChallengeCode_22' } }],
    [{ user: { loginName: ' DOM\\jane ' } }, { user: { loginName: ' DOM\\jane ' } }],
    [{ user: { loginName: 'jane', 'domain.id': 7 } }, { user: { loginName: 'jane', domainId: '7' } }],
    [{ user: { loginName: 'jane', domain: { id: 'd-7' } } }, { user: { loginName: 'jane', domainId: 'd-7' } }],
    [
      { user: { loginName: 'jane', 'domain.name': 'x', domain: { id: 'd', name: 'x' } } },
      { user: { loginName: 'jane', domainId: 'd', domainName: 'x' } },
    ],
    [{ 'user.loginName': 'jane', 'user.domain.id': 'd' }, { user: { loginName: 'jane', domainId: 'd' } }],
    [{ user: { loginName: 'jane' }, 'user.domain.id': 'd' }, { user: { loginName: 'jane', domainId: 'd' } }],
    [
      { ...USER, token: { 'product.functions': 'OOBA' } },
      { ...USER, token: { productFunctions: ['OOBA'] } },
    ],
    [
      { ...USER, token: { product: { functions: ['OTP', 'OOBA'], method: 'M' } } },
      {
        ...USER,
        token: { productMethod: 'M', productFunctions: ['OTP', 'OOBA'] },
      },
    ],
    [
      { ...USER, 'credential.otp': '123 456' },
      { ...USER, credential: { otp: '123 456' } },
    ],
    [{ ...USER, application: {}, token: null }, USER],
    [{ user: { id: 'u-1', more: [1] } }, USER],
    [{ ...USER, more: [1], 'more.id': 'x', jsonrpc: '2.0' }, USER],
  ])('reads %j', async (request, expected) => {
    expect(await surface.parametersOf(request)).toEqual(expected);
  });

  it('keeps numbers digit by digit', async () => {
    const response = await surface.post('/auth/echo', '{"user":{"id":12345678901234567890}}');
    expect(response.status).toBe(200);
    expect(surface.methods.calls[0]?.parameters).toEqual({ user: { id: '12345678901234567890' } });
  });

  it.each([
    [{}, 101, 'Missing parameter: user'],
    [{ user: null }, 101, 'Missing parameter: user'],
    [{ user: {} }, 101, 'Missing parameter: user'],
    [{ user: { login: 'jane' } }, 101, 'Missing parameter: user'],
    [{ user: { id: '' } }, 101, 'Missing parameter: user.id'],
    [{ user: { loginName: 'jane', 'domain.id': '' } }, 101, 'Missing parameter: user.domain.id'],
    [{ user: 'u-1' }, 102, 'Invalid parameter: user'],
    [{ user: ['u-1'] }, 102, 'Invalid parameter: user'],
    [{ user: { id: {} } }, 102, 'Invalid parameter: user.id'],
    [{ user: { id: true } }, 102, 'Invalid parameter: user.id'],
    [{ user: { id: 1.5 } }, 102, 'Invalid parameter: user.id'],
    [{ user: { id: 'x'.repeat(129) } }, 102, 'Invalid parameter: user.id'],
    [{ user: { id: 'a\0b' } }, 102, 'Invalid parameter: user.id'],
    [{ user: { loginName: '\ud800' } }, 102, 'Invalid parameter: user.loginName'],
    [{ user: { id: 'u', domain: 'd' } }, 102, 'Invalid parameter: user.domain'],
    [{ user: { 'domain.id': 'a', domain: { id: 'b' } } }, 102, 'Invalid parameter: user.domain.id'],
    [{ user: { id: 'a' }, 'user.id': 'b' }, 102, 'Invalid parameter: user.id'],
    [{ user: 'a', 'user.id': 'b' }, 102, 'Invalid parameter: user'],
    [{ ...USER, application: { title: 'x' } }, 102, 'Invalid parameter: application'],
    [
      { ...USER, token: { 'product.functions': Array(17).fill('x') } },
      102,
      'Invalid parameter: token.product.functions',
    ],
  ])('refuses %j with %d', async (request, code, message) => {
    expect(await surface.call('echo', request)).toEqual({ error: code, message, severity: 'ERROR' });
    expect(surface.methods.calls).toEqual([]);
  });

  it('takes an identifier of 128 characters', async () => {
    expect(await surface.parametersOf({ user: { id: 'x'.repeat(128) } })).toEqual({ user: { id: 'x'.repeat(128) } });
  });
});

describe('authentication methods, sections 2.4 and 3: parameters', () => {
  let surface: DemoAuthSurface;

  beforeAll(async () => {
    surface = await DemoAuthSurface.start();
  });
  beforeEach(() => surface.reset());
  afterAll(() => surface.close());

  it.each([
    [{ step: 1, flag: false, channel: 'SMS', comment: ' as sent ' }],
    [{ credential: { method: 'OTP', otp: ' 12-34 ' }, answers: [{ id: 'q1' }] }],
  ])('reads %j as it was sent', async (request) => {
    expect(await surface.parametersOf({ ...USER, ...request })).toEqual({ ...USER, ...request });
  });

  it.each([
    [{ step: '1' }, 102, 'step'],
    [{ step: 0 }, 102, 'step'],
    [{ step: 11 }, 102, 'step'],
    [{ step: 1.5 }, 102, 'step'],
    [{ flag: 'true' }, 102, 'flag'],
    [{ channel: 'sms' }, 102, 'channel'],
    [{ comment: 5 }, 102, 'comment'],
    [{ comment: 'x'.repeat(21) }, 102, 'comment'],
    [{ credential: 'x' }, 102, 'credential'],
    [{ credential: { otp: 123456 } }, 102, 'credential.otp'],
    [{ credential: { otp: '\0' } }, 102, 'credential.otp'],
    [{ answers: {} }, 102, 'answers'],
    [{ answers: [1] }, 102, 'answers'],
    [{ answers: [{}] }, 101, 'answers.id'],
    [{ answers: Array.from({ length: 4 }, () => ({ id: 'q' })) }, 102, 'answers'],
  ])('refuses %j with %d', async (request, code, path) => {
    const text = code === 101 ? 'Missing' : 'Invalid';
    expect(await surface.call('echo', { ...USER, ...request })).toEqual({
      error: code,
      message: `${text} parameter: ${path}`,
      severity: 'ERROR',
    });
  });

  it.each([
    ['203.0.113.20', '203.0.113.20'],
    ['::ffff:203.0.113.20', '203.0.113.20'],
    ['2001:DB8::1', '2001:db8::1'],
    ['', undefined],
    [null, undefined],
  ])('takes remoteIp %j with every method', async (sent, read) => {
    expect(await surface.call('getToken', { remoteIp: sent })).toEqual({ error: 0 });
    expect(surface.methods.calls[0]?.caller.remoteIp).toBe(read);
  });

  it.each(['a', '1.2.3', '203.0.113.20, 10.0.0.1', '10.0.0.1/8', 'x'.repeat(10_000), 5, {}, ['10.0.0.1']])(
    'attack 33: refuses remoteIp %j with 102',
    async (remoteIp) => {
      expect(await surface.call('getToken', { remoteIp })).toMatchObject({ error: 102 });
    },
  );

  it('judges what it reads as class-validator does', () => {
    const request = fc.record(
      {
        user: fc.oneof(fc.jsonValue(), fc.record({ id: fc.oneof(fc.string(), fc.integer()) })),
        step: fc.oneof(fc.jsonValue(), fc.integer({ min: -1, max: 12 })),
        comment: fc.oneof(fc.jsonValue(), fc.string({ maxLength: 25, unit: 'binary' })),
        channel: fc.oneof(fc.jsonValue(), fc.constantFrom('SMS', 'SMTP', 'sms')),
        credential: fc.oneof(fc.jsonValue(), fc.record({ otp: fc.string() })),
      },
      { requiredKeys: [] },
    );
    const simple = ['step', 'comment', 'channel'] as const;
    const read = compileReader(EchoParameters);
    const refused = (sent: JsonObject): string | undefined => {
      try {
        read(sent);
        return undefined;
      } catch (error) {
        if (AuthRefusal.is(error, 101, 102)) return error.params.subject;
        throw error;
      }
    };
    fc.assert(
      fc.property(request, fc.constantFrom(...simple), (sent, name) => {
        const value = (sent as JsonObject)[name];
        const parameters = Object.assign(new EchoParameters(), { user: { id: '1' }, [name]: value });
        // Null is as good as absent on the wire, and so is the empty one of free texts.
        const absent = value === null || (value === '' && name === 'comment');
        const judged = absent ? [] : validateSync(parameters);
        const told = refused({ user: { id: '1' }, ...(value !== undefined && { [name]: value }) });
        expect(told).toBe(judged.length > 0 ? name : undefined);
      }),
    );
    fc.assert(
      fc.property(request, (sent) => {
        fc.pre(refused(sent as JsonObject) === undefined);
        expect(validateSync(read(sent as JsonObject))).toEqual([]);
      }),
    );
  });

  it('attack 63: never fails on odd input', async () => {
    const odd = [
      'a\0b',
      '\ud800',
      '\udfff\ud800',
      'x'.repeat(50_000),
      '\u202e',
      '😀'.repeat(300),
      1e308,
      -0,
      [],
      {},
      true,
    ];
    const paths = ['user', 'application', 'token', 'credential', 'return', 'remoteIp', 'match', 'sort', 'max', 'step'];
    for (const method of ['echo', 'listTokens', 'getToken']) {
      for (const value of odd) {
        for (const path of paths) {
          for (const request of [
            { ...USER, [path]: value },
            { ...USER, [path]: { id: value } },
            { ...USER, [path]: [value] },
          ]) {
            const { error } = await surface.call(method, request);
            expect([0, 101, 102]).toContain(error);
          }
        }
      }
    }
  });
});
