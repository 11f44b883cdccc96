import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LongNumber, type JsonValue } from '../../core/web/strict-json.js';
import { parametersSchema } from './parameters-schema.js';
import { readParameters, settleParameters } from './read-parameters.js';
import { type NamedTexts, TextListParam, TextsByNameParam } from './rpc-list-types.js';
import { ObjectListParam, ObjectParam } from './rpc-object-types.js';
import { Base64Param, BooleanParam, IntegerParam, StringParam, WordParam } from './rpc-parameter-types.js';

class File {
  @StringParam({ required: true, description: '' })
  name!: string;

  @Base64Param({ required: true, description: '' })
  data!: Uint8Array;
}

class Params {
  @TextListParam({ description: '' })
  names?: readonly string[];

  @TextsByNameParam({ description: '' })
  attrs?: NamedTexts;

  @TextsByNameParam({ description: '', namesToo: true })
  removed?: NamedTexts;

  @ObjectParam(File, { description: '' })
  file?: File;

  @ObjectListParam(File, { description: '', max: 2 })
  files?: readonly File[];

  @WordParam({ words: ['sub', 'Base'], default: 'sub', description: '' })
  scope!: 'sub' | 'Base';

  @IntegerParam({ min: 1, max: 10, default: 5, description: '' })
  size!: number;

  @BooleanParam({ default: true, description: '', secret: true })
  flag!: boolean;
}

const read = (sent: JsonValue): Params => readParameters(Params, sent);
const fault = (sent: JsonValue): unknown => {
  try {
    return read(sent);
  } catch (error) {
    return (error as { data?: unknown }).data;
  }
};

describe('parameters that are lists and objects', () => {
  it('are read as declared', () => {
    const params = read({
      names: ['a', ''],
      attrs: { mail: 'x', tel: ['1', 2], big: new LongNumber('9007199254740993'), none: [] },
      removed: ['mail'],
      file: { name: 'a', data: 'YWJj', more: 1 },
      files: [{ name: 'b', data: '' }],
    });
    expect(params.names).toEqual(['a', '']);
    expect([...(params.attrs ?? [])]).toEqual([
      ['mail', ['x']],
      ['tel', ['1', '2']],
      ['big', ['9007199254740993']],
      ['none', []],
    ]);
    expect([...(params.removed ?? [])]).toEqual([['mail', []]]);
    expect(params.file).toEqual({ name: 'a', data: Buffer.from('abc') });
    expect(params.file).toBeInstanceOf(File);
    expect(params.files).toEqual([{ name: 'b', data: Buffer.alloc(0) }]);
  });

  it('attack 68: hold names of every kind without touching a prototype', () => {
    const attrs = JSON.parse('{"__proto__":["x"],"constructor":"y","toString":"z"}') as JsonValue;
    expect([...(read({ attrs }).attrs?.keys() ?? [])].toSorted()).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });

  it.each([
    [{ names: 'a' }, 'Parameter names not Array'],
    [{ names: {} }, 'Parameter names not Array'],
    [{ names: [1] }, 'Parameter names not Array of String'],
    [{ names: [null] }, 'Parameter names not Array of String'],
    [{ names: ['a\0'] }, 'Parameter names not Array of String'],
    [{ names: ['\ud800'] }, 'Parameter names not Array of String'],
    [{ names: Array.from({ length: 1_001 }, () => 'a') }, 'Parameter names too long'],
    [{ attrs: 'a' }, 'Parameter attrs not Object'],
    [{ attrs: ['a'] }, 'Parameter attrs not Object'],
    [{ attrs: { a: null } }, 'Parameter attrs not Object'],
    [{ attrs: { a: [['b']] } }, 'Parameter attrs not Object'],
    [{ attrs: { a: false } }, 'Parameter attrs not Object'],
    [{ attrs: { 'a\0': 'b' } }, 'Parameter attrs not Object'],
    [{ removed: [1] }, 'Parameter removed not Object or Array of String'],
    [{ removed: 'a' }, 'Parameter removed not Object or Array of String'],
    [{ file: 'a' }, 'Parameter file not Object'],
    [{ file: [] }, 'Parameter file not Object'],
    [{ file: { name: 'a' } }, 'Parameter data missing'],
    [{ file: { name: 'a', data: '*' } }, 'Parameter data not Base64'],
    [{ files: { name: 'a', data: '' } }, 'Parameter files not Array of Object'],
    [{ files: ['a'] }, 'Parameter files not Array of Object'],
    [{ files: [{ name: 5, data: '' }] }, 'Parameter name not String'],
    [{ files: Array.from({ length: 3 }, () => ({ name: 'a', data: '' })) }, 'Parameter files too long'],
  ] as [JsonValue, string][])('are refused: %j', (sent, expected) => {
    expect(fault(sent)).toBe(expected);
  });

  it('attack 63: let nothing but a refusal out, whatever is sent', () => {
    const names = fc.constantFrom('names', 'attrs', 'removed', 'file', 'files', 'scope', 'size', 'flag');
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (sent) => {
        const outcome = fault(sent as JsonValue);
        expect(outcome instanceof Params || typeof outcome === 'string').toBe(true);
      }),
    );
  });
});

describe('bounds, words and defaults', () => {
  const settled = (sent: JsonValue): Params => {
    const params = read(sent);
    settleParameters(Params, params);
    return params;
  };

  it('stand for what is absent', () => {
    expect(settled({})).toMatchObject({ scope: 'sub', size: 5, flag: true });
    expect(settled({ scope: null, size: null, flag: false })).toMatchObject({ scope: 'sub', size: 5, flag: false });
  });

  it.each([
    ['SUB', 'sub'],
    ['base', 'Base'],
  ])('give %s in the documented spelling', (scope, expected) => {
    expect(settled({ scope }).scope).toBe(expected);
  });

  it.each([
    [{ scope: 'deep' }, 'unknown-word', 'scope'],
    [{ scope: '' }, 'unknown-word', 'scope'],
    [{ scope: '\u017fub' }, 'unknown-word', 'scope'],
    [{ size: 0 }, 'value-out-of-range', 'size'],
    [{ size: 11 }, 'value-out-of-range', 'size'],
  ])('refuse %j after the types are right', (sent, code, parameter) => {
    const params = read(sent);
    expect(() => settleParameters(Params, params)).toThrow(expect.objectContaining({ code, params: { parameter } }));
  });

  it('are part of the API document, and so is what is secret', () => {
    expect(parametersSchema(Params).properties).toMatchObject({
      scope: { type: 'string', enum: ['sub', 'Base'], default: 'sub' },
      size: { type: 'integer', minimum: 1, maximum: 10, default: 5 },
      flag: { type: 'boolean', default: true, writeOnly: true },
      files: { type: 'array', maxItems: 2, items: { required: ['name', 'data'] } },
      attrs: { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }, { type: 'array' }] } },
    });
  });
});
