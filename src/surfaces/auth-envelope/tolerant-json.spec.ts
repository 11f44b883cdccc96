import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonText } from '../../core/web/strict-json.js';
import { strictFromTolerant } from './tolerant-json.js';

const read = (text: string): unknown => readJsonText(strictFromTolerant(text));

describe('strictFromTolerant', () => {
  it.each([
    ['{return: ["id"]}', { return: ['id'] }],
    ['{"a": 1, // one\n "b": 2, /* two */ }', { a: 1, b: 2 }],
    ['[1, 2, ]', [1, 2]],
    ['{user: {domain.id: "d-7", loginName: "x"}}', { user: { 'domain.id': 'd-7', loginName: 'x' } }],
    ['{"a": "// no, {comment: }"}', { a: '// no, {comment: }' }],
    ['{"a": "\\"", b: true, c: null, d: -1.5e3}', { a: '"', b: true, c: null, d: -1500 }],
  ])('reads %j', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each(['{a: 1, a: 2}', '{,}', '[,]', '{a}', '{a: 1,,}', '/* open', '"open', '{a: 01}', "{a: 'x'}", ''])(
    'leaves %j to be refused',
    (text) => {
      expect(() => read(text)).toThrow('not JSON');
    },
  );

  it('reads strict JSON as the strict reader does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(text)).toEqual(readJsonText(text));
      }),
    );
  });

  it('is quick on what could make a pattern run away', () => {
    for (const piece of ['/* ', '/*', '"\\', '//', '{a:', ',,', '\\'])
      expect(() => read(piece.repeat(20_000))).toThrow('not JSON');
  });
});
