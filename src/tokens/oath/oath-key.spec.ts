import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OATH_HASHES, oathHmac, oathKey } from './oath-key.js';
import { checkSeed } from './seed.js';

/** Seeds around the length of a block, where HMAC begins to hash the key itself. */
const SEED_BYTES = [16, 20, 63, 64, 65, 127, 128];

describe.each(OATH_HASHES)('HMAC-%s (RFC 2104)', (hash) => {
  it.each(SEED_BYTES)('with a key of %i bytes is what Node.js computes', (bytes) => {
    const check = checkSeed(Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 37 + 11) % 256)));
    if (!check.ok) throw new Error(check.reason);
    const key = oathKey(check.seed, hash);
    for (const length of [0, 8, 64, 200]) {
      const message = Buffer.alloc(length, length);
      const expected = createHmac(hash.toLowerCase(), check.seed).update(message).digest('hex');
      expect(oathHmac(key, message).toString('hex')).toBe(expected);
    }
  });
});
