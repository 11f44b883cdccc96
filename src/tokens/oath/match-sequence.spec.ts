import { describe, expect, it, vi } from 'vitest';
import { hotp } from './hotp.js';
import { matchSequence } from './match-sequence.js';
import { oathKey } from './oath-key.js';
import type { Seed } from './seed.js';

/** A hash that shows the same numbers again after three: chance would take a long search for it. */
vi.mock(import('./oath-key.js'), async (original) => ({
  ...(await original()),
  oathHmac: (_key, message) => {
    const hmac = Buffer.alloc(20);
    const counter = Buffer.from(message).readUInt32BE(4);
    hmac.writeUInt32BE(100_000 + (counter === 7 ? 7 : counter % 3), 0);
    return hmac;
  },
}));

const KEY = oathKey(new Uint8Array(20) as Seed, 'SHA1');

function sequence(first: number, last: number, ...counters: number[]) {
  const codes = counters.map((counter) => hotp(KEY, counter, 6));
  return matchSequence({ key: KEY, digits: 6 }, codes, { first, last }, (counter) => counter);
}

describe('codes that stand at several places', () => {
  it('are ambiguous, and one code more may settle it', () => {
    expect(sequence(0, 8, 2, 3)).toEqual({ outcome: 'ambiguous' });
    expect(sequence(3, 8, 5, 6, 7)).toEqual({ outcome: 'accepted', counter: 7, driftSteps: 7 });
  });

  it('stay ambiguous when three are not enough', () => {
    expect(sequence(0, 4, 0, 1, 2)).toEqual({ outcome: 'ambiguous' });
  });
});
