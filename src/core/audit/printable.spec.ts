import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from './printable.js';

describe('printable text', () => {
  it.each([
    ['plain', 'Jane Döe 🔑', 'Jane Döe 🔑'],
    ['NUL', 'a\0b', 'a\ufffdb'],
    ['line breaks', 'a\r\nb', 'a\ufffd\ufffdb'],
    ['an escape sequence', '\u001b[31mred', '\ufffd[31mred'],
    ['C1 controls', '\u0085\u009b', '\ufffd\ufffd'],
    ['a lone surrogate', 'a\ud800b\udfff', 'a\ufffdb\ufffd'],
    ['nothing', '', ''],
  ])('attack 63: keeps %s readable', (_, text, expected) => {
    expect(printable(text, 100)).toBe(expected);
  });

  it('attack 63: is well formed, without controls and no longer than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, longest) => {
        const clean = printable(text, longest);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean.length).toBeLessThanOrEqual(longest);
        expect(/\p{Cc}/u.test(clean)).toBe(false);
      }),
    );
  });

  it('shows that it was cut, also in the middle of a character', () => {
    expect(printable('abcdef', 6)).toBe('abcdef');
    expect(printable('abcdefg', 6)).toBe('abcde…');
    expect(printable('🔑🔑🔑', 4)).toBe('🔑\ufffd…');
  });
});
