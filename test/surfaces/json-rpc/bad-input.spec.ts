import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DemoSurface } from './demo-surface.js';

interface Answer {
  readonly jsonrpc: string;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data: string | null };
}

describe('JSON-RPC: bad input', () => {
  let surface: DemoSurface;

  beforeAll(async () => {
    surface = await DemoSurface.start();
  });

  beforeEach(() => surface.reset());

  afterAll(() => surface.close());

  /** Status, error code and error data. */
  async function refusalOf(body: RequestInit['body']): Promise<[number, number | undefined, unknown]> {
    const response = await surface.post(body);
    const { error } = (await response.json()) as Answer;
    return [response.status, error?.code, error?.data];
  }

  const echo = (username: string): string =>
    `{"jsonrpc":"2.0","method":"Demo.Echo","params":{"username":${username},"expires":1},"id":0}`;

  it.each([
    ['NUL', '"a\\u0000b"'],
    ['a lone high surrogate', '"\\ud83d"'],
    ['a lone low surrogate', '"\\ude00 x"'],
    ['surrogates in the wrong order', '"\\ude00\\ud83d"'],
  ])('attack 63: refuses a parameter with %s', async (_case, username) => {
    expect(await refusalOf(echo(username))).toEqual([200, -32602, 'Parameter username not String']);
  });

  it.each([
    ['a raw NUL', Buffer.from(echo('"a\0b"'))],
    ['bytes that are not UTF-8', Buffer.from(echo('"é"'), 'latin1')],
    ['a surrogate in UTF-8', Buffer.concat([Buffer.from('"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"')])],
    ['an overlong NUL', Buffer.from([0x22, 0xc0, 0x80, 0x22])],
    ['UTF-16', Buffer.from(echo('"a"'), 'utf16le')],
    ['compressed bytes', Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
  ])('attack 63: answers %s with a parse error', async (_case, body) => {
    expect(await refusalOf(body)).toEqual([200, -32700, null]);
  });

  it('attack 63: gives odd names and ids back as they came', async () => {
    const response = await surface.post('{"jsonrpc":"2.0","method":"a\\u0000\\ud800","id":"\\u0000\\udfff"}');
    expect(await response.text()).toBe(
      '{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found","data":"a\\u0000\\ud800"},' +
        '"id":"\\u0000\\udfff"}',
    );
  });

  it.each([
    ['the envelope', '{"jsonrpc":"2.0","method":"Demo.Word","id":0,"method":"Demo.Fail"}'],
    ['the parameters', '{"jsonrpc":"2.0","method":"Demo.Word","params":{"word":"a","word":"b"},"id":0}'],
    [
      'the parameters, spelt differently',
      '{"jsonrpc":"2.0","method":"Demo.Word","params":{"word":"a","w\\u006frd":"b"},"id":0}',
    ],
    ['a member of a batch', '[{"jsonrpc":"2.0","method":"Demo.Word","id":0,"id":1}]'],
  ])('refuses a name twice in %s', async (_case, body) => {
    expect(await refusalOf(body)).toEqual([200, -32700, null]);
    expect(surface.methods.calls).toEqual([]);
  });

  it.each([
    ['100,000 open brackets', '['.repeat(100_000)],
    ['100,000 nested arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 nested objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['nesting in a parameter', echo('['.repeat(100) + ']'.repeat(100))],
  ])('refuses %s', async (_case, body) => {
    expect(await refusalOf(body)).toEqual([200, -32700, null]);
  });

  it('answers names of 10,000 characters, and longer ones', async () => {
    expect(await surface.call(JSON.parse(echo(`"${'x'.repeat(10_000)}"`)))).toMatchObject({
      result: { username: 'x'.repeat(10_000) },
    });
    expect(await refusalOf(echo(`"${'x'.repeat(10_001)}"`))).toEqual([200, -32602, 'Parameter username too long']);
    expect(await refusalOf(echo(`"${'x'.repeat(1_000_000)}"`))).toEqual([200, -32602, 'Parameter username too long']);
  });

  it.each([
    ['an empty body', ''],
    ['nothing but an object', '{}'],
    ['nothing but null', 'null'],
    ['arrays for values', '{"jsonrpc":["2.0"],"method":["Demo.Word"],"params":[],"id":[0]}'],
    ['objects for parameters', '{"jsonrpc":"2.0","method":"Demo.Echo","params":{"username":{},"expires":[]},"id":0}'],
    ['null for parameters', '{"jsonrpc":"2.0","method":"Demo.Echo","params":{"username":null,"expires":null},"id":0}'],
  ])('attack 5: never runs a method for %s', async (_case, body) => {
    const [status, code] = await refusalOf(body);
    expect(status).toBe(200);
    expect([-32700, -32600, -32602]).toContain(code);
    expect(surface.methods.calls).toEqual([]);
  });

  it('lets no prototype be changed', async () => {
    const body =
      '{"jsonrpc":"2.0","method":"Demo.Echo","id":0,"__proto__":{"polluted":1},' +
      '"params":{"username":"a","expires":1,"__proto__":{"mfa":true,"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
    const response = await surface.post(body);
    expect(await response.json()).toMatchObject({ result: { username: 'a', expires: 1 } });
    expect({}).not.toHaveProperty('polluted');
    expect(surface.methods.calls[0]?.params).not.toHaveProperty('polluted');
  });

  it('attack 63: answers any JSON at all as a JSON-RPC outcome', async () => {
    const members = fc.record(
      {
        jsonrpc: fc.oneof(fc.constant('2.0'), fc.jsonValue()),
        method: fc.oneof(fc.constantFrom('Demo.Echo', 'Demo.Word'), fc.string({ unit: 'binary' }), fc.jsonValue()),
        params: fc.oneof(
          fc.dictionary(
            fc.constantFrom('username', 'expires', 'mfa', 'key', 'word'),
            fc.jsonValue({ stringUnit: 'binary' }),
          ),
          fc.jsonValue(),
        ),
        id: fc.oneof(fc.integer(), fc.string({ unit: 'binary' }), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const bodies = fc.oneof(members, fc.array(members, { maxLength: 3 }), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const response = await surface.post(JSON.stringify(body));
        expect([200, 204]).toContain(response.status);
        const text = await response.text();
        const answers = response.status === 204 ? [] : ([JSON.parse(text)].flat() as Answer[]);
        for (const { jsonrpc, result, error } of answers) {
          expect(jsonrpc).toBe('2.0');
          expect((result === undefined) !== (error === undefined)).toBe(true);
          expect(error?.code).not.toBe(-32603);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('answers any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const response = await surface.post(Buffer.from(bytes));
        expect(response.status).toBe(200);
        expect(await response.json()).toHaveProperty('error.code');
      }),
      { numRuns: 100 },
    );
  });
});
