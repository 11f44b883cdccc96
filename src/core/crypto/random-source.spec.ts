import { describe, expect, it } from 'vitest';
import { RandomSource, SystemRandomSource } from './random-source.js';

/** Draws what it is told to. */
class Told extends RandomSource {
  readonly asked: number[] = [];
  constructor(private readonly draws: number[]) {
    super();
  }
  bytes(length: number): Uint8Array {
    return new Uint8Array(length).fill(0xff);
  }
  below(limit: number): number {
    this.asked.push(limit);
    return this.draws.shift() ?? 0;
  }
}

describe('the source of randomness', () => {
  it('makes link secrets of 32 bytes as 43 base64url characters', () => {
    expect(new Told([]).linkSecret()).toBe('__________________________________________8');
    const secrets = Array.from({ length: 1_000 }, () => new SystemRandomSource().linkSecret());
    expect(new Set(secrets).size).toBe(1_000);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('draws each character of a text from the whole alphabet', () => {
    const told = new Told([2, 0, 1]);
    expect(told.text(3, 'abc')).toBe('cab');
    expect(told.asked).toEqual([3, 3, 3]);
  });

  it('makes PINs of decimal digits, with leading zeros', () => {
    expect(new Told([0, 0, 7, 9]).digits(4)).toBe('0079');
    const drawn = new Set(new SystemRandomSource().digits(1_000));
    expect([...drawn].sort().join('')).toBe('0123456789');
  });

  it('stays below its limit and reaches every value', () => {
    const system = new SystemRandomSource();
    const drawn = new Set(Array.from({ length: 1_000 }, () => system.below(7)));
    expect(drawn).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    expect(system.bytes(17)).toHaveLength(17);
  });
});
