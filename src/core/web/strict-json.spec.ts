import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonError, LongNumber, isJsonObject, readJson, type JsonRefusal, type JsonValue } from './strict-json.js';

const read = (text: string): JsonValue => readJson(Buffer.from(text, 'utf8'));

function refusal(bytes: Uint8Array | string): JsonRefusal | undefined {
  try {
    readJson(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes);
    return undefined;
  } catch (error) {
    if (error instanceof JsonError) return error.reason;
    throw error;
  }
}

const REFUSALS: JsonRefusal[] = ['not-utf8', 'syntax', 'too-deep', 'duplicate-name'];

describe('readJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value);
        // Numbers beyond 2^53 are kept as text, see below; compare without them.
        fc.pre(!/\d{16}|e\+/.test(text) && !text.includes('__proto__'));
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps the same numbers as text, whatever else is in the text', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.bigInt().map(String),
      fc.constantFrom('1e400', '-1E+400', '9007199254740992', '9007199254740993.0', '1.5e3', '-0', '0e0', '1e15'),
    );
    fc.assert(
      fc.property(number, fc.string(), (source, text) => {
        const one = Number(source);
        const kept = Number.isSafeInteger(one) || (Number.isFinite(one) && !Number.isInteger(one));
        const expected = [kept ? one : new LongNumber(source), text, 1];
        expect(read(`[${source}, ${JSON.stringify(text)}, 1]`)).toEqual(expected);
        expect(read(`{"a": {"b": ${source}}}`)).toEqual({ a: { b: expected[0] } });
      }),
    );
  });

  it('agrees with JSON.parse on what is JSON, as far as no name comes twice', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"\\""',
      '"\\',
      '"',
      '1',
      '-',
      'null',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(isJson ? [undefined, 'duplicate-name'] : REFUSALS).toContain(refusal(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('never fails in another way, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        refusal(bytes);
      }),
    );
  });

  it.each([
    ['twice in one object', '{"a":1,"a":2}'],
    ['spelt differently', '{"a":1,"\\u0061":2}'],
    ['deeper down', '[{"x":{"a":1,"b":[],"a":null}}]'],
    ['after a nested object with the same name', '{"a":{"a":1},"a":2}'],
    ['twice empty', '{"":0,"":0}'],
    ['twice __proto__', '{"__proto__":0,"__proto__":0}'],
  ])('refuses a name %s', (_case, text) => {
    expect(refusal(text)).toBe('duplicate-name');
  });

  it.each([
    ['in sibling objects', '[{"a":1},{"a":2}]'],
    ['in parent and child', '{"a":{"a":{"a":1}}}'],
    ['as a value', '{"a":"a","b":"a"}'],
    ['as a value in an array', '{"a":["a","a"],"b":["b"]}'],
    ['inside a string', '{"a":"\\"a\\":1,\\"a\\":2","b":"{\\\\"}'],
    ['of Object.prototype', '{"constructor":1,"toString":2,"hasOwnProperty":3}'],
  ])('accepts a name again %s', (_case, text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('counts nesting over arrays and objects', () => {
    const nested = (depth: number): string => '[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2);
    expect(refusal(nested(64))).toBeUndefined();
    expect(refusal(nested(66))).toBe('too-deep');
    expect(refusal('['.repeat(100_000))).toBe('too-deep');
    expect(refusal('{"a":'.repeat(100_000))).toBe('too-deep');
    expect(refusal('['.repeat(100_000) + ']'.repeat(100_000))).toBe('too-deep');
    expect(refusal('[],'.repeat(3))).toBe('syntax');
    expect(() => readJson(Buffer.from('[[1]]'), { depth: 1 })).toThrow(JsonError);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(refusal(Buffer.from([0x22, 0xff, 0x22]))).toBe('not-utf8');
    expect(refusal(Buffer.from([0x22, 0xc0, 0x80, 0x22]))).toBe('not-utf8');
    expect(refusal(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toBe('not-utf8');
    expect(refusal(Buffer.from('{"a":1}', 'utf16le'))).toBe('syntax');
  });

  it('skips a byte order mark', () => {
    expect(readJson(Buffer.from('\ufeff{"a":1}', 'utf8'))).toEqual({ a: 1 });
  });

  it.each([
    '',
    ' ',
    '{',
    '{"a":1,}',
    '[1,]',
    "{'a':1}",
    '{a:1}',
    '01',
    '1 2',
    'NaN',
    '"\u0000"',
    '"\n"',
    '//x\n1',
    '"\\',
  ])('refuses %j as no JSON', (text) => {
    expect(refusal(text)).toBe('syntax');
  });

  it('attack 63: keeps NUL and lone surrogates apart from syntax, for the surface to judge', () => {
    expect(read('"a\\u0000b"')).toBe('a\u0000b');
    expect(read('"\\ud800"')).toBe('\ud800');
  });

  it('drops __proto__ and lets no prototype change', () => {
    const value = read('{"__proto__":{"polluted":true},"a":{"\\u005f_proto__":1,"b":2}}');
    expect(Object.keys(value as object)).toEqual(['a']);
    expect(value).toEqual({ a: { b: 2 } });
    expect(Object.assign({}, value)).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  it.each(['9007199254740993', '-9223372036854775808', '1e400', '12345678901234567890.5', '1E+30'])(
    'keeps the digits of %s',
    (text) => {
      expect(read(`[${text}]`)).toEqual([new LongNumber(text)]);
      expect(isJsonObject(read(text))).toBe(false);
    },
  );

  it.each([0, -1, 1.5, 1e-7, 9007199254740991])('reads %s as a number', (value) => {
    expect(read(JSON.stringify(value))).toBe(value);
  });
});
