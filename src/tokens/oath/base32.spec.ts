import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from './base32.js';

/** RFC 4648 section 10. */
const VECTORS: readonly [string, string][] = [
  ['', ''],
  ['f', 'MY======'],
  ['fo', 'MZXQ===='],
  ['foo', 'MZXW6==='],
  ['foob', 'MZXW6YQ='],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI======'],
];

describe('base32', () => {
  it.each(VECTORS)('of %j is %s (RFC 4648 section 10)', (text, encoded) => {
    const bytes = new Uint8Array(Buffer.from(text));
    expect(encodeBase32(bytes)).toBe(encoded.replaceAll('=', ''));
    expect(decodeBase32(encoded)).toEqual(bytes);
    expect(decodeBase32(encoded.replaceAll('=', ''))).toEqual(bytes);
  });

  it('gives every byte back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['lower case', 'mzxw6ytb'],
    ['a digit outside', 'MZXW6YT1'],
    ['a blank', 'MZXW 6YTB'],
    ['a line end', 'MZXW6YTB\n'],
    ['one character', 'M'],
    ['three characters', 'MZX'],
    ['six characters', 'MZXW6Y'],
    ['too little padding', 'MY====='],
    ['too much padding', 'MZXW6YQ======='],
    ['padding of nothing', '========'],
    ['padding in the middle', 'MY==MY=='],
    ['bits behind the last byte', 'MZ======'],
    ['letters of another script', 'МZXW6YTB'],
  ])('with %s is refused', (_what, text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });
});
