import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DOMAIN_ERRORS, DomainError, type DomainErrorCode } from '../../../src/core/errors/domain-error.js';
import { RIGHTS } from '../../../src/core/administrators/rights.js';
import { RpcMethodRegistry } from '../../../src/surfaces/json-rpc/rpc-method-registry.js';
import { basic, DemoSurface } from './demo-surface.js';

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly data: string | null };
}

describe('JSON-RPC section 4: common validation order', () => {
  let surface: DemoSurface;

  beforeAll(async () => {
    surface = await DemoSurface.start();
  });

  beforeEach(() => surface.reset());

  afterAll(() => surface.close());

  const echo = async (params: unknown, method = 'Demo.Echo'): Promise<Answer> =>
    (await surface.call({ jsonrpc: '2.0', method, params, id: 0 })) as Answer;

  it('looks at one thing after the other: each request cures the fault of the one before', async () => {
    const good = { jsonrpc: '2.0', method: 'Demo.Echo', params: { username: 'jane', expires: 1 }, id: 0 };
    const wrong = basic('a', 'b');
    const outcome = async (body: string, headers: Record<string, string> = {}): Promise<[number, unknown, unknown]> => {
      const response = await surface.post(body, headers);
      const { error, result } = (await response.json()) as Answer;
      return [response.status, error?.code, error ? error.data : result];
    };
    surface.gate.refusal = new DomainError('client-address-not-allowed');
    expect(await outcome('{', { authorization: wrong })).toEqual([403, -32600, 'Client address not allowed']);
    surface.gate.refusal = undefined;
    expect(await outcome('{', { authorization: wrong })).toEqual([200, -32600, 'Invalid username or password']);
    surface.gate.rights = [];
    expect(await outcome('{')).toEqual([200, -32700, null]);
    const [noVersion, noMethod] = [
      { ...good, jsonrpc: '1', method: 'None', params: [] },
      { ...good, method: 'None', params: [] },
    ];
    expect(await outcome(JSON.stringify(noVersion))).toEqual([200, -32600, 'Member jsonrpc not "2.0"']);
    expect(await outcome(JSON.stringify(noMethod))).toEqual([200, -32601, 'None']);
    expect(await outcome(JSON.stringify({ ...good, params: [] }))).toEqual([200, -32603, 'Access denied']);
    surface.gate.rights = ['send-links'];
    expect(await outcome(JSON.stringify({ ...good, params: [] }))).toEqual([200, -32602, 'Parameters not Object']);
    const faulty = (params: object): string => JSON.stringify({ ...good, params });
    expect(await outcome(faulty({ username: 5 }))).toEqual([200, -32602, 'Parameter expires missing']);
    expect(await outcome(faulty({ username: 5, expires: 'abc' }))).toEqual([
      200,
      -32602,
      'Parameter username not String',
    ]);
    expect(await outcome(faulty({ username: 'jane', expires: 'abc' }))).toEqual([
      200,
      -32602,
      'Parameter expires not Integer',
    ]);
    expect(await outcome(JSON.stringify(good))).toEqual([200, undefined, { username: 'jane', expires: 1 }]);
  });

  it('reads parameters as declared and ignores others', async () => {
    const params = { username: 'Jane Doe', domain: null, expires: '72', mfa: true, key: 'YWJj', other: [1] };
    expect(await echo(params)).toMatchObject({
      result: { username: 'Jane Doe', expires: 72, mfa: true, key: 'abc' },
    });
  });

  it.each([
    [{ expires: 1 }, 'Parameter username missing'],
    [{ username: null, expires: 1 }, 'Parameter username missing'],
    [{ username: 'a' }, 'Parameter expires missing'],
    [{ username: 5, expires: 1 }, 'Parameter username not String'],
    [{ username: 'a', expires: 'abc' }, 'Parameter expires not Integer'],
    [{ username: 'a', expires: 1.5 }, 'Parameter expires not Integer'],
    [{ username: 'a', expires: 1, mfa: 'true' }, 'Parameter mfa not Boolean'],
    [{ username: 'a', expires: 1, key: '***' }, 'Parameter key not Base64'],
  ])('refuses %j', async (params, data) => {
    expect(await echo(params)).toMatchObject({ error: { code: -32602, message: 'Invalid params', data } });
    expect(surface.methods.calls).toEqual([]);
  });

  it('leaves bounds to the method, which comes after the target', async () => {
    expect(await echo({ username: 'a', expires: -1 })).toMatchObject({ result: { expires: -1 } });
    expect(await echo({ username: 'a', expires: 721 })).toMatchObject({ result: { expires: 721 } });
  });

  it('denies a method to a caller without its right, whatever the parameters', async () => {
    surface.gate.rights = [];
    for (const params of [{}, [], { username: 'a', expires: 1 }]) {
      expect(await echo(params)).toMatchObject({
        error: { code: -32603, message: 'Internal error', data: 'Access denied' },
      });
    }
    expect(surface.methods.calls).toEqual([]);
  });

  it('has a right for every method that is registered', () => {
    const methods = surface.app.get(RpcMethodRegistry).all();
    expect(methods.map(({ name }) => name)).toEqual(['Demo.Echo', 'Demo.Fail', 'Demo.Person', 'Demo.Word']);
    for (const { right } of methods) expect(RIGHTS).toContain(right);
  });

  it.each(Object.keys(DOMAIN_ERRORS) as DomainErrorCode[])('has an answer with HTTP 200 for %s', async (code) => {
    surface.methods.failure = new DomainError(code, { params: { domain: 'D', login: 'l', dn: 'cn=l' } });
    const response = await surface.post('{"jsonrpc":"2.0","method":"Demo.Fail","id":0}');
    expect(response.status).toBe(200);
    const { result, error } = (await response.json()) as Answer;
    expect(result === false || typeof error?.data === 'string').toBe(true);
    expect(JSON.stringify(error ?? '')).not.toContain('undefined');
  });

  it('answers an unexpected failure neutrally, and goes on', async () => {
    surface.methods.failure = new TypeError('password=secret at 10.0.0.5');
    const answers = await surface.call([
      { jsonrpc: '2.0', method: 'Demo.Fail', id: 1 },
      { jsonrpc: '2.0', method: 'Demo.Word', id: 2 },
    ]);
    const data: unknown = expect.stringMatching(/^Unexpected failure, reference \S+$/);
    expect(answers).toEqual([
      { jsonrpc: '2.0', error: { code: -32603, message: 'Internal error', data }, id: 1 },
      { jsonrpc: '2.0', result: null, id: 2 },
    ]);
  });

  it('finds the person after the types and before bounds and words, and hands them over', async () => {
    const person = (params: object): Promise<Answer> => echo(params, 'Demo.Person');
    const unknown = { error: { code: -32603, data: "LDAP object 'cn=john' does not exist" } };
    expect(await person({ dn: 'cn=john', expires: 'abc' })).toMatchObject({ error: { code: -32602 } });
    expect(await person({ dn: 'cn=john', expires: 0, word: 'three' })).toMatchObject(unknown);
    surface.people.state = 'deactivated';
    expect(await person({ dn: 'cn=jane', expires: 0 })).toMatchObject({
      error: { code: -32603, data: "Object 'cn=jane' is not an activated user or group" },
    });
    surface.people.state = 'active';
    for (const params of [{ expires: 0 }, { expires: 721 }, { expires: -1 }, { word: 'three' }, { word: '' }]) {
      expect(await person({ dn: 'cn=jane', ...params })).toMatchObject({ result: false });
    }
    expect(surface.methods.calls).toEqual([]);
    expect(await person({ dn: 'cn=jane' })).toMatchObject({ result: 'jane one 24' });
    expect(await person({ dn: 'cn=jane', word: 'tWO', expires: '720' })).toMatchObject({ result: 'jane Two 720' });
  });

  it('writes down every call, whether it reached its method or not, once', async () => {
    surface.methods.failure = new DomainError('access-denied');
    await surface.post('{');
    await surface.call([
      1,
      { jsonrpc: '2.0', method: 'None', id: 1 },
      { jsonrpc: '2.0', method: 'Demo.Fail', id: 1 },
      { jsonrpc: '2.0', method: 'Demo.Word' },
    ]);
    await surface.post('{"jsonrpc":"2.0","method":"Demo.Echo"}');
    await echo({ dn: 'cn=john' }, 'Demo.Person');
    surface.gate.rights = [];
    await echo({});
    expect(surface.journal).toEqual([
      { method: undefined, outcome: -32700 },
      { method: undefined, outcome: -32600 },
      { method: 'None', outcome: -32601 },
      { method: 'Demo.Fail', outcome: 'access-denied' },
      { method: 'Demo.Word', outcome: 'completed' },
      { method: 'Demo.Echo', outcome: -32602 },
      { method: 'Demo.Person', outcome: 'account-not-found' },
      { method: 'Demo.Echo', outcome: 'access-denied' },
    ]);
  });
});
