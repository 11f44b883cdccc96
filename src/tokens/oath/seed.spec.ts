import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { checkSeed, newSeed, seedFromText, seedText } from './seed.js';

describe('a seed', () => {
  it.each([0, 10, 15])('of %i bytes is refused as too short (RFC 4226 section 4, R6)', (length) => {
    expect(checkSeed(new Uint8Array(length))).toEqual({ ok: false, reason: 'seed-too-short' });
  });

  it.each([16, 20, 32, 64, 128])('of %i bytes is taken', (length) => {
    expect(checkSeed(new Uint8Array(length))).toEqual({ ok: true, seed: new Uint8Array(length) });
  });

  it('of 129 bytes is refused as too long', () => {
    expect(checkSeed(new Uint8Array(129))).toEqual({ ok: false, reason: 'seed-too-long' });
  });

  it('is drawn as long as its hash is wide', () => {
    const random = new FixedRandom();
    const lengths = (['SHA1', 'SHA256', 'SHA512'] as const).map((hash) => newSeed(random, hash).length);
    expect(lengths).toEqual([20, 32, 64]);
    expect(newSeed(random, 'SHA1')).not.toEqual(newSeed(random, 'SHA1'));
  });

  it('comes back from the text that is sealed', () => {
    const seed = newSeed(new FixedRandom(), 'SHA256');
    expect(seedFromText(seedText(seed))).toEqual(seed);
  });
});
