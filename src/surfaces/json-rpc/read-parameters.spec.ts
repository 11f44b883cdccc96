import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LongNumber, type JsonValue } from '../../core/web/strict-json.js';
import { readParameters } from './read-parameters.js';
import { Base64Param, BooleanParam, IntegerParam, StringParam } from './rpc-parameter-types.js';

class Base {
  @StringParam({ required: true, description: '' })
  username!: string;

  @StringParam({ description: '', maxLength: 5 })
  domain?: string;
}

class Everything extends Base {
  @IntegerParam({ description: '' })
  expires?: number;

  @BooleanParam({ description: '' })
  mfa = true;

  @Base64Param({ description: '' })
  key?: Uint8Array;

  @IntegerParam({ required: true, description: '' })
  size!: number;
}

const read = (sent: JsonValue | undefined): Everything => readParameters(Everything, sent);

function fault(sent: JsonValue | undefined): unknown {
  try {
    return read(sent);
  } catch (error) {
    return error;
  }
}

const refusal = (data: string) => expect.objectContaining({ code: -32602, data }) as unknown;

describe('readParameters', () => {
  it('gives an instance of the class with the values, decoded', () => {
    const params = read({ username: 'Jane Doe', expires: 72, mfa: false, key: 'AQID', size: 1 });
    expect(params).toBeInstanceOf(Everything);
    expect(params).toEqual({
      username: 'Jane Doe',
      expires: 72,
      mfa: false,
      key: Buffer.from([1, 2, 3]),
      size: 1,
      domain: undefined,
    });
  });

  it('leaves defaults of the class where a parameter is absent or null', () => {
    expect(read({ username: 'a', size: 1 }).mfa).toBe(true);
    expect(read({ username: 'a', size: 1, mfa: null, expires: null })).toMatchObject({ mfa: true, expires: undefined });
  });

  it('ignores what it does not know', () => {
    const params = read({ username: 'a', size: 1, other: 1, constructor: 1, toString: 'x', USERNAME: 5 });
    expect(params).not.toHaveProperty('other');
    expect(params.constructor).toBe(Everything);
  });

  it.each([[['jane']], ['jane'], [5], [true], [new LongNumber('1e400')]])(
    'refuses %j in place of an object',
    (sent) => {
      expect(fault(sent)).toEqual(refusal('Parameters not Object'));
    },
  );

  it.each([undefined, null, {}])('takes %j for no parameters at all', (sent) => {
    expect(fault(sent)).toEqual(refusal('Parameter username missing'));
  });

  it('looks for every required parameter before it judges a type', () => {
    expect(fault({ username: 5, expires: 'abc' })).toEqual(refusal('Parameter size missing'));
    expect(fault({ username: null, size: 'x' })).toEqual(refusal('Parameter username missing'));
  });

  it('tells the first fault in the order of declaration, inherited parameters first', () => {
    expect(fault({ size: 'x', key: 5, expires: 'abc', domain: 1, username: 'a' })).toEqual(
      refusal('Parameter domain not String'),
    );
    expect(fault({ size: 'x', key: 5, expires: 'abc', username: 'a' })).toEqual(
      refusal('Parameter expires not Integer'),
    );
  });

  it.each([5, true, ['a'], { a: 'b' }, new LongNumber('1e400')])('refuses %j as a string', (value) => {
    expect(fault({ username: value, size: 1 })).toEqual(refusal('Parameter username not String'));
  });

  it.each([
    ['NUL', 'a\0b'],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
  ])('attack 63: refuses a string with %s', (_case, value) => {
    expect(fault({ username: value, size: 1 })).toEqual(refusal('Parameter username not String'));
  });

  it('takes every text that PostgreSQL stores', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(read({ username: text, size: 1 }).username).toBe(text);
      }),
    );
  });

  it('bounds the length of a string', () => {
    expect(read({ username: 'x'.repeat(10_000), size: 1 }).username).toHaveLength(10_000);
    expect(fault({ username: 'x'.repeat(10_001), size: 1 })).toEqual(refusal('Parameter username too long'));
    expect(fault({ username: 'a', domain: 'ABCDEF', size: 1 })).toEqual(refusal('Parameter domain too long'));
  });

  it.each([
    [72, 72],
    [72.0, 72],
    [-1, -1],
    [-0, 0],
    ['72', 72],
    ['-5', -5],
    ['0', 0],
    ['-0', 0],
    [9007199254740991, 9007199254740991],
    ['9007199254740991', 9007199254740991],
  ])('reads %j as the integer %j', (value, expected) => {
    expect(read({ username: 'a', size: value }).size).toBe(expected);
  });

  it.each([
    'abc',
    '',
    ' 72',
    '72 ',
    '+72',
    '072',
    '7.0',
    '1e3',
    '0x10',
    '٧٢',
    '9007199254740993',
    72.5,
    1e300,
    true,
    [72],
    {},
    new LongNumber('9007199254740993'),
  ])('refuses %j as an integer', (value) => {
    expect(fault({ username: 'a', size: value })).toEqual(refusal('Parameter size not Integer'));
  });

  it.each([true, false])('reads %j as a boolean', (value) => {
    expect(read({ username: 'a', size: 1, mfa: value }).mfa).toBe(value);
  });

  it.each(['true', 'false', '1', '', 0, 1, [], {}])(
    'attack 5: refuses %j as a boolean instead of guessing',
    (value) => {
      expect(fault({ username: 'a', size: 1, mfa: value })).toEqual(refusal('Parameter mfa not Boolean'));
    },
  );

  it('reads Base64 of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const key = Buffer.from(bytes).toString('base64');
        expect(Buffer.from(read({ username: 'a', size: 1, key }).key ?? [])).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each(['A', 'AQI', 'AQ=D', 'AQ-_', 'AQ ID', 'AQID\n', 5, [], {}])('refuses %j as Base64', (value) => {
    expect(fault({ username: 'a', size: 1, key: value })).toEqual(refusal('Parameter key not Base64'));
  });

  it('lets nothing but a refusal out, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('username', 'domain', 'expires', 'mfa', 'key', 'size'), fc.jsonValue()),
        (sent) => {
          const outcome = fault(sent as JsonValue);
          expect(outcome instanceof Everything || (outcome as { code?: number }).code === -32602).toBe(true);
        },
      ),
    );
  });
});
