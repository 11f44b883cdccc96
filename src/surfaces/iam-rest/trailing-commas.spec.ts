import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutTrailingCommas } from './trailing-commas.js';

describe('trailing commas', () => {
  it.each([
    ['{"a":1,}', '{"a":1}'],
    ['{"a":[1,2 ,\n ],\t}', '{"a":[1,2 \n ]\t}'],
    ['{"a":",}",}', '{"a":",}"}'],
    [String.raw`{"a":"\",]",}`, String.raw`{"a":"\",]"}`],
    ['{"a":1,,}', '{"a":1,}'],
    ['{"a":", }', '{"a":", }'],
  ])('of %s', (text, expected) => expect(withoutTrailingCommas(text)).toBe(expected));

  it('change no JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(withoutTrailingCommas(text)).toBe(text);
      }),
    );
  });

  it('are found in one pass, whatever the text', () => {
    const odd = '"\\'.repeat(200_000);
    expect(withoutTrailingCommas(odd)).toBe(odd);
    expect(withoutTrailingCommas(',\n'.repeat(200_000))).toHaveLength(400_000);
  });
});
