import { describe, expect, it } from 'vitest';
import { readTypedCode } from './typed-code.js';

describe('a typed code', () => {
  it.each([
    ['755224', 6, 755224],
    ['000000', 6, 0],
    ['07081804', 8, 7081804],
    ['1284755224', 10, 1284755224],
    ['2147483647', 10, 2147483647],
  ])('%s of %i digits reads as %i', (typed, digits, value) => {
    expect(readTypedCode(typed, digits)).toBe(value);
  });

  it.each(['2147483648', '9999999999'])('%s is a number that no HMAC can show', (typed) => {
    expect(readTypedCode(typed, 10)).toBe(-1);
  });

  it.each([
    ['nothing', ''],
    ['5 digits', '75522'],
    ['9 digits', '755224755'],
    ['1000 digits', '7'.repeat(1000)],
    ['Arabic-Indic digits', '٧٥٥٢٢٤'],
    ['full-width digits', '7５５224'],
    ['mathematical digits', '𝟕𝟓𝟓'],
    ['a blank in front', ' 75522'],
    ['a blank in the middle', '755 24'],
    ['a blank more', '755224 '],
    ['a line end more', '755224\n'],
    ['a sign', '+75522'],
    ['a minus', '-75522'],
    ['a point', '7552.4'],
    ['an exponent', '7552e4'],
    ['hexadecimal', '0x7552'],
    ['a NUL', '75522\0'],
    ['a lone surrogate', '75522\ud800'],
  ])('attack 44: %s is refused', (_what, typed) => {
    expect(readTypedCode(typed, 6)).toBeUndefined();
  });
});
