import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

const timingSafeEqual = vi.hoisted(() => vi.fn<(a: Uint8Array, b: Uint8Array) => boolean>());
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  timingSafeEqual.mockImplementation((a, b) => crypto.timingSafeEqual(a, b));
  return { ...crypto, timingSafeEqual };
});

const { equalSecrets } = await import('./equal-secrets.js');

describe('the comparison of secrets', () => {
  it('attack 61: says what === says of two texts that are there', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(equalSecrets(a, b)).toBe(a === b);
        expect(equalSecrets(a, a)).toBe(true);
      }),
    );
  });

  it('attack 61: compares in constant time, whatever the lengths', () => {
    for (const [a, b] of [
      ['a', 'b'],
      ['a', 'a'.repeat(10_000)],
      ['same', 'same'],
    ] as const) {
      timingSafeEqual.mockClear();
      equalSecrets(a, b);
      expect(timingSafeEqual).toHaveBeenCalledTimes(1);
      expect(timingSafeEqual.mock.calls[0]?.map(({ length }) => length)).toEqual([32, 32]);
    }
  });

  it.each([
    ['', ''],
    ['', 'a'],
    ['a', ''],
    [null, null],
    [undefined, undefined],
    [null, undefined],
    ['null', null],
    [undefined, 'undefined'],
  ])('attack 60: never takes a missing secret for a match: %j and %j', (a, b) => {
    expect(equalSecrets(a, b)).toBe(false);
  });
});
