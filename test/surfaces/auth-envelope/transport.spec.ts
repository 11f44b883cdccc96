import { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { AuthRefusal } from '../../../src/surfaces/auth-envelope/auth-refusal.js';
import { BEARER, DemoAuthSurface } from './demo-auth-surface.js';

const REQUEST = JSON.stringify({ user: { id: 'u-1' } });
const KIBIBYTE = 1024;

describe('authentication methods, section 1.1: endpoint and verb', () => {
  let surface: DemoAuthSurface;

  beforeAll(async () => {
    surface = await DemoAuthSurface.start();
  });
  beforeEach(() => surface.reset());
  afterAll(() => surface.close());

  it.each([
    '/auth/echo',
    '/das5/rest/auth/echo',
    '/das5/rest//auth/echo',
    '/auth/echo/',
    '/auth/echo?x=1',
    '/das5/rest/auth/echo?x=/auth/no',
  ])('serves POST %s', async (path) => {
    const response = await surface.post(path, REQUEST);
    expect([response.status, await response.text()]).toEqual([200, '{"error":0}']);
  });

  it.each([
    '/auth',
    '/auth/',
    '/auth/none',
    '/auth/Echo',
    '/auth/echo/more',
    '/auth//echo',
    '/auth/__proto__',
    '/auth/constructor',
    '/auth/%00',
    '/das5',
    '/das5/rest',
    '/das5/rest/echo',
    '/das5/auth/echo',
    '/das5/rest///auth/echo',
    '/das5/rest/user/search',
  ])('answers 404 with code 103 for %s, whoever asks', async (path) => {
    for (const authorization of [BEARER, 'Bearer nobody']) {
      const response = await surface.post(path, REQUEST, { authorization });
      expect([response.status, await response.json()]).toEqual([
        404,
        { error: 103, message: 'Unknown method', severity: 'ERROR' },
      ]);
    }
    expect(surface.gate.admissions).toBe(0);
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'])(
    'answers 405 with code 104 for %s, saying what is allowed',
    async (method) => {
      for (const path of ['/auth/echo', '/das5/rest/auth/echo']) {
        const response = await fetch(`${surface.origin}${path}`, { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('POST');
        const text = await response.text();
        expect(text).toBe(method === 'HEAD' ? '' : '{"error":104,"message":"Method must be POST","severity":"ERROR"}');
      }
    },
  );

  it.each([
    'application/json',
    'text/plain',
    'text/plain; charset=ISO-8859-1',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nothing',
    ';',
    '',
  ])('reads JSON when the body is said to be %j', async (type) => {
    const response = await surface.post('/auth/echo', REQUEST, { 'content-type': type });
    expect(await response.text()).toBe('{"error":0}');
  });

  it.each([
    [undefined, 'utf8'],
    ['application/json', 'utf8'],
    ['application/json; charset=utf-8', 'utf8'],
    ['application/json;charset="UTF-8"', 'utf8'],
    ['text/plain; charset=ISO-8859-1', 'latin1'],
    ['text/plain; Charset=latin1', 'latin1'],
    ['application/json; charset=utf-16le', 'utf16le'],
  ] as const)('decodes a body of type %j', async (type, encoding) => {
    const body = Buffer.from(JSON.stringify({ user: { loginName: 'Zoë Müller' } }), encoding);
    await surface.post('/auth/echo', body, { 'content-type': type ?? 'application/octet-stream' });
    expect(surface.methods.calls[0]?.parameters).toMatchObject({ user: { loginName: 'Zoë Müller' } });
  });

  it('reads a body with a byte order mark', async () => {
    expect(await (await surface.post('/auth/echo', `\ufeff${REQUEST}`)).text()).toBe('{"error":0}');
  });

  it('takes an empty body for {}', async () => {
    expect(await (await surface.post('/auth/listTokens', '')).json()).toEqual({
      error: 0,
      result: { total: 0, rows: [] },
    });
    expect(await (await surface.post('/auth/echo', '')).json()).toMatchObject({ error: 101 });
  });

  it.each([
    ['{', 'application/json'],
    ['[]', 'application/json'],
    ['"x"', 'application/json'],
    ['null', 'application/json'],
    ['user=1', 'application/json'],
    [`${REQUEST} {}`, 'application/json'],
    ['{"user":{"id":"1","id":"2"}}', 'application/json'],
    ['{"return":1,"\\u0072eturn":2}', 'application/json'],
    [`{"user":${'['.repeat(100)}${']'.repeat(100)}}`, 'application/json'],
    ['{"user":{"id":"\u00e9"}}', 'application/json; charset=no-such-charset'],
  ])('answers 400 with code 100 for %j of type %j', async (body, type) => {
    const response = await surface.post('/auth/echo', body, { 'content-type': type });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 100, message: 'Malformed request', severity: 'ERROR' },
    ]);
  });

  it('answers 400 with code 100 for bytes that are not of the charset', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    expect((await surface.post('/auth/echo', body)).status).toBe(400);
  });

  it('takes what is no JSON only with the setting for it', async () => {
    const body = '{ // as published\n user: {id: "u-1",}, return: ["id", /* and */ "serial"], }';
    expect((await surface.post('/auth/echo', body)).status).toBe(400);
    surface.gate.settings = { auth_tolerant_json: true };
    expect(await (await surface.post('/auth/echo', body)).text()).toBe('{"error":0}');
    const twice = await surface.post('/auth/echo', '{user: {id: "1", id: "2"}}');
    expect(await twice.json()).toMatchObject({ error: 100 });
  });

  it('takes 64 KiB and no more', async () => {
    const fits = await surface.post('/auth/echo', REQUEST.padStart(64 * KIBIBYTE, ' '));
    expect(fits.status).toBe(200);
    for (const bytes of [64 * KIBIBYTE + 1, 1024 * KIBIBYTE]) {
      const response = await surface.post('/auth/echo', REQUEST.padStart(bytes, ' '));
      expect([response.status, await response.json()]).toMatchObject([413, { error: 100, severity: 'ERROR' }]);
    }
  });

  it('ignores parameters that it does not know', async () => {
    expect(await surface.call('echo', { user: { id: 'u-1' }, none: [{}], 'none.such': 1 })).toEqual({ error: 0 });
  });
});

describe('authentication methods, section 1.2: envelope', () => {
  let surface: DemoAuthSurface;

  beforeAll(async () => {
    surface = await DemoAuthSurface.start();
  });
  beforeEach(() => surface.reset());
  afterAll(() => surface.close());

  const failing = async (failure: Error): Promise<[number, unknown, string | null]> => {
    surface.methods.failure = failure;
    const response = await surface.post('/auth/fail', '{}');
    return [response.status, await response.json(), response.headers.get('retry-after')];
  };

  it('answers JSON in UTF-8 that nobody keeps, whatever the status', async () => {
    const responses = await Promise.all([
      surface.post('/auth/listTokens', '{}'),
      surface.post('/auth/listTokens', '{'),
      surface.post('/auth/none', '{}'),
      surface.post('/auth/listTokens', '{}', { authorization: '' }),
      fetch(`${surface.origin}/auth/echo`),
      surface.post('/auth/fail', '{}'),
      surface.post('/auth/fail', ' '.repeat(65 * KIBIBYTE)),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([200, 400, 404, 401, 405, 500, 413]);
    for (const response of responses) {
      expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toHaveProperty('error');
    }
  });

  it('answers 200 for what a method decides, with number, text and severity', async () => {
    expect(await failing(new AuthRefusal(242))).toEqual([
      200,
      { error: 242, message: 'The requested domain is not defined in the realm', severity: 'ERROR' },
      null,
    ]);
    expect(await failing(new AuthRefusal(205))).toMatchObject([200, { error: 205, severity: 'WARNING' }, null]);
    expect(await failing(new DomainError('token-out-of-sync'))).toMatchObject([
      200,
      { error: 301, severity: 'WARNING' },
      null,
    ]);
    expect(await failing(new DomainError('password-too-short', { params: { length: 8 } }))).toMatchObject([
      200,
      { error: 360, message: 'Password does not satisfy the policy: too short' },
      null,
    ]);
    expect(await failing(new DomainError('directory-unavailable'))).toMatchObject([200, { error: 2 }, null]);
  });

  it('answers 429 with Retry-After for code 3, never with zero seconds', async () => {
    const retryAfter = (seconds: number) => new DomainError('too-many-attempts', { params: { retryAfter: seconds } });
    expect(await failing(retryAfter(17))).toMatchObject([429, { error: 3 }, '17']);
    expect(await failing(retryAfter(0))).toMatchObject([429, { error: 3 }, '1']);
    expect(await failing(new AuthRefusal(3, { retryAfter: 1.2 }))).toMatchObject([429, { error: 3 }, '2']);
  });

  it('answers 500 with code 1 and FATAL for a fault, and nothing of it', async () => {
    expect(await failing(new Error('SELECT secret FROM x'))).toEqual([
      500,
      { error: 1, message: 'Internal error', severity: 'FATAL' },
      null,
    ]);
    expect(await failing(new DomainError('internal', { detail: 'secret' }))).toMatchObject([500, { error: 1 }, null]);
  });

  it('answers 401, 403 and 503 for agents that are not let in', async () => {
    const refused = async (refusal: Error): Promise<[number, unknown]> => {
      surface.gate.refusal = refusal;
      const response = await surface.post('/auth/echo', REQUEST);
      return [response.status, await response.json()];
    };
    expect(await refused(new AuthRefusal(120))).toEqual([
      401,
      { error: 120, message: 'Agent is not authenticated', severity: 'ERROR' },
    ]);
    expect(await refused(new AuthRefusal(122))).toMatchObject([403, { error: 122 }]);
    expect(await refused(new DomainError('client-address-unreadable'))).toMatchObject([403, { error: 122 }]);
    expect(await refused(new DomainError('database-unavailable'))).toMatchObject([503, { error: 2 }]);
    surface.reset();
    surface.gate.permissions = ['read'];
    const response = await surface.post('/auth/fail', '{');
    expect([response.status, await response.json()]).toMatchObject([403, { error: 121 }]);
  });

  it('honours Connection: close on refusals before the body', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = new Socket();
      let received = '';
      socket.on('data', (data) => (received += data.toString('latin1')));
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
      socket.connect(Number(new URL(surface.origin).port), '127.0.0.1', () => {
        socket.write(`POST /auth/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`);
      });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 401 [^]*\{"error":120,/);
  });

  it.each([
    ['/auth/echo', 'https://id.example.test', 'JSESSIONID=s3ss; Path=/auth; HttpOnly; Secure; SameSite=Strict'],
    ['/das5/rest/auth/echo', undefined, 'JSESSIONID=s3ss; Path=/das5; HttpOnly; Secure; SameSite=Strict'],
    ['/auth/echo', 'http://127.0.0.1:8080', 'JSESSIONID=s3ss; Path=/auth; HttpOnly; SameSite=Strict'],
  ])('sets the session cookie for %s at %s', async (path, publicUrl, cookie) => {
    surface.gate.publicUrl = publicUrl;
    surface.methods.cookie = 'set';
    const response = await surface.post(path, REQUEST, { cookie: 'a=b; JSESSIONID=sent' });
    expect(response.headers.get('set-cookie')).toBe(cookie);
    expect(surface.methods.calls[0]?.caller.sessionCookie).toBe('sent');
    surface.methods.cookie = 'drop';
    const dropped = await surface.post(path, REQUEST);
    expect(dropped.headers.get('set-cookie')).toContain('JSESSIONID=; Max-Age=0');
  });
});
