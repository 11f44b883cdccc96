import { describe, expect, it } from 'vitest';
import { readJson } from '../../core/web/strict-json.js';
import { readEnvelope } from './rpc-envelope.js';

const read = (text: string): ReturnType<typeof readEnvelope> => readEnvelope(readJson(Buffer.from(text)));

describe('readEnvelope', () => {
  it('reads a request with its members', () => {
    expect(read('{"jsonrpc":"2.0","method":"m","params":{"a":1},"id":7,"more":true}')).toEqual({
      id: '7',
      method: 'm',
      params: { a: 1 },
    });
  });

  it.each([
    ['0', '0'],
    ['-5', '-5'],
    ['1.5', '1.5'],
    ['null', 'null'],
    ['""', '""'],
    ['"a\\"b"', '"a\\"b"'],
    ['9223372036854775807', '9223372036854775807'],
    ['12345678901234567890.25', '12345678901234567890.25'],
    ['1e400', '1e400'],
  ])('keeps the id %s', (id, text) => {
    expect(read(`{"jsonrpc":"2.0","method":"m","id":${id}}`)).toMatchObject({ id: text });
  });

  it('knows a notification by its missing id', () => {
    expect(read('{"jsonrpc":"2.0","method":"m"}')).toEqual({ id: undefined, method: 'm', params: undefined });
  });

  it.each(['1', '"x"', 'null', 'true', '[]', '123456789012345678901234567890'])('refuses %s as no object', (text) => {
    expect(read(text)).toMatchObject({ id: 'null', refusal: { code: -32600, data: 'Request not Object' } });
  });

  it.each(['{}', '[]', 'true'])('refuses the id %s', (id) => {
    expect(read(`{"jsonrpc":"2.0","method":"m","id":${id}}`)).toMatchObject({
      id: 'null',
      refusal: { code: -32600, data: 'Member id not String, Number or null' },
    });
  });

  it.each(['{"method":"m","id":3}', '{"jsonrpc":"1.0","method":"m","id":3}', '{"jsonrpc":2.0,"method":"m","id":3}'])(
    'refuses another version, answering to the id: %s',
    (text) => {
      expect(read(text)).toMatchObject({ id: '3', refusal: { code: -32600, data: 'Member jsonrpc not "2.0"' } });
    },
  );

  it.each([
    '{"jsonrpc":"2.0","id":0}',
    '{"jsonrpc":"2.0","method":5,"id":0}',
    '{"jsonrpc":"2.0","method":null,"id":0}',
  ])('refuses a method that is no string: %s', (text) => {
    expect(read(text)).toMatchObject({ id: '0', refusal: { code: -32600, data: 'Member method not String' } });
  });

  it('answers to null when a refused request has no id', () => {
    expect(read('{"jsonrpc":"2.0"}')).toMatchObject({ id: 'null' });
  });

  it('sees own members only', () => {
    expect(readEnvelope(Object.create({ jsonrpc: '2.0', method: 'm', id: 1 }) as Record<string, never>)).toMatchObject({
      id: 'null',
      refusal: { code: -32600 },
    });
  });
});
