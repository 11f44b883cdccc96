import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DemoSurface } from './demo-surface.js';

const word = (id: unknown, text = 'ok') => ({ jsonrpc: '2.0', method: 'Demo.Word', params: { word: text }, id });
const notification = { jsonrpc: '2.0', method: 'Demo.Word', params: { word: 'ok' } };
const ok = (id: unknown, result: unknown = 'ok') => ({ jsonrpc: '2.0', result, id });
const error = (id: unknown, code: number, message: string, data: string | null) => ({
  jsonrpc: '2.0',
  error: { code, message, data },
  id,
});

describe('JSON-RPC section 3: envelope', () => {
  let surface: DemoSurface;

  beforeAll(async () => {
    surface = await DemoSurface.start();
  });

  beforeEach(() => surface.reset());

  afterAll(() => surface.close());

  it.each([0, 1, -7, 1.5, 'abc', '', '0', null])('echoes the id %j', async (id) => {
    expect(await surface.call(word(id))).toEqual(ok(id));
  });

  it.each(['9223372036854775807', '1e400', '-12345678901234567890.5'])('echoes the digits of the id %s', async (id) => {
    const response = await surface.post(`{"jsonrpc":"2.0","method":"Demo.Word","params":{"word":"ok"},"id":${id}}`);
    expect(await response.text()).toBe(`{"jsonrpc":"2.0","result":"ok","id":${id}}`);
  });

  it('gives either a result or an error, and null as a result', async () => {
    const answers = await surface.call([word(0), { ...word(1), method: 'None' }, { ...word(2), params: undefined }]);
    expect(answers).toEqual([ok(0), error(1, -32601, 'Method not found', 'None'), ok(2, null)]);
  });

  it('gives false as a result, not as an error', async () => {
    expect(await surface.call(word(0, 'false'))).toEqual(ok(0, false));
  });

  it('runs a notification and answers nothing with 204', async () => {
    const response = await surface.post(JSON.stringify(notification));
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(surface.methods.calls).toHaveLength(1);
  });

  it.each([
    ['an unknown method', { ...notification, method: 'None' }],
    ['wrong parameters', { ...notification, params: { word: 5 } }],
    ['positional parameters', { ...notification, params: ['ok'] }],
  ])('answers nothing to a notification of %s', async (_case, call) => {
    expect((await surface.post(JSON.stringify(call))).status).toBe(204);
    expect(surface.methods.calls).toEqual([]);
  });

  it.each([[['ok']], [[]], ['ok'], [5], [true]])('refuses the parameters %j', async (params) => {
    expect(await surface.call({ ...word(0), params })).toEqual(
      error(0, -32602, 'Invalid params', 'Parameters not Object'),
    );
  });

  it.each([undefined, null])('takes %j for no parameters', async (params) => {
    expect(await surface.call({ ...word(0), params })).toEqual(ok(0, null));
  });

  it.each(['', ' ', '{', 'x', '{"jsonrpc":"2.0",}', '[{]', 'jsonrpc=2.0&method=x'])(
    'answers %j with a parse error, HTTP 200 and the id null',
    async (body) => {
      const response = await surface.post(body);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(
        '{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error","data":null},"id":null}',
      );
    },
  );

  it.each([
    ['null', null, 'Request not Object', null],
    ['a number', 5, 'Request not Object', null],
    ['a string', 'x', 'Request not Object', null],
    ['an empty object', {}, 'Member jsonrpc not "2.0"', null],
    ['no version', { method: 'Demo.Word', id: 3 }, 'Member jsonrpc not "2.0"', 3],
    ['another version', { ...word(3), jsonrpc: '1.0' }, 'Member jsonrpc not "2.0"', 3],
    ['no method', { jsonrpc: '2.0', id: 3 }, 'Member method not String', 3],
    ['a number for a method', { ...word(3), method: 1 }, 'Member method not String', 3],
    ['an object for an id', word({}), 'Member id not String, Number or null', null],
    ['a boolean for an id', word(true), 'Member id not String, Number or null', null],
  ])('answers %s with an invalid request', async (_case, call, data, id) => {
    expect(await surface.call(call)).toEqual(error(id, -32600, 'Invalid Request', data));
  });

  it('tells names of methods apart by their case', async () => {
    for (const method of ['demo.word', 'DEMO.WORD', ' Demo.Word', 'toString', '__proto__', '']) {
      expect(await surface.call({ ...word(0), method })).toEqual(error(0, -32601, 'Method not found', method));
    }
  });

  it('gives back an unknown name only as far as it is a name', async () => {
    const method = 'x'.repeat(10_000);
    expect(await surface.call({ ...word(0), method })).toEqual(
      error(0, -32601, 'Method not found', method.slice(0, 200)),
    );
  });

  describe('batches', () => {
    it('answers the members in their order, leaving out notifications', async () => {
      expect(
        await surface.call([word(2, 'a'), notification, 1, word('x', 'b'), { ...word(0), method: 'None' }]),
      ).toEqual([
        ok(2, 'a'),
        error(null, -32600, 'Invalid Request', 'Request not Object'),
        ok('x', 'b'),
        error(0, -32601, 'Method not found', 'None'),
      ]);
      expect(surface.methods.calls.map(({ params }) => (params as { word: string }).word)).toEqual(['a', 'ok', 'b']);
    });

    it('answers a batch of one with an array', async () => {
      expect(await surface.call([word(0)])).toEqual([ok(0)]);
    });

    it('answers a batch of notifications with 204', async () => {
      const response = await surface.post(JSON.stringify([notification, notification]));
      expect(response.status).toBe(204);
      expect(surface.methods.calls).toHaveLength(2);
    });

    it('answers an empty batch with one invalid request', async () => {
      expect(await surface.call([])).toEqual(error(null, -32600, 'Invalid Request', 'Batch empty'));
    });

    it('takes a batch in a batch for no request', async () => {
      expect(await surface.call([[word(0)]])).toEqual([error(null, -32600, 'Invalid Request', 'Request not Object')]);
    });

    it('attack 34: runs each of 50 members as an attempt of its own, notifications too', async () => {
      const guesses = Array.from({ length: 50 }, (_, index) => (index % 2 ? word(index) : notification));
      const answers = await surface.call(guesses);
      expect(answers).toHaveLength(25);
      expect(surface.methods.calls).toHaveLength(50);
    });

    it.each([51, 100])('attack 34: refuses a batch of %d as a whole', async (size) => {
      const guesses = Array.from({ length: size }, (_, index) => word(index));
      expect(await surface.call(guesses)).toEqual(error(null, -32600, 'Invalid Request', 'Batch over 50 requests'));
      expect(surface.methods.calls).toEqual([]);
    });
  });
});
