import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { hotp } from './hotp.js';
import { matchHotp, resyncHotp } from './match-hotp.js';
import { oathKey } from './oath-key.js';
import type { TokenPosition } from './otp-match.js';
import { newSeed } from './seed.js';
import { EVENT_WINDOWS } from './sync-windows.js';

const KEY = oathKey(newSeed(new FixedRandom(), 'SHA256'), 'SHA256');
const FRESH: TokenPosition = { key: KEY, digits: 8, lastCounter: null };

function codeAt(counter: number): string {
  return hotp(KEY, counter, 8);
}

function match(token: Partial<TokenPosition>, counter: number) {
  return matchHotp({ ...FRESH, ...token }, codeAt(counter), EVENT_WINDOWS);
}

describe('a code of an event-based token', () => {
  it.each([0, 1, 4])('is accepted at counter %i of a new token', (counter) => {
    expect(match({}, counter)).toEqual({ outcome: 'accepted', counter, driftSteps: 0 });
  });

  it.each([
    [101, 'accepted'],
    [105, 'accepted'],
    [106, 'out-of-sync'],
    [125, 'out-of-sync'],
    [126, 'wrong'],
    [100, 'replayed'],
    [96, 'replayed'],
    [76, 'replayed'],
    [75, 'wrong'],
    [0, 'wrong'],
  ])('at counter %i after 100 is %s', (counter, outcome) => {
    expect(match({ lastCounter: 100 }, counter).outcome).toBe(outcome);
  });

  it('is accepted out of sync when it follows the one before, and not otherwise', () => {
    const token = { lastCounter: 100, candidate: 120 };
    expect(match(token, 121)).toEqual({ outcome: 'accepted', counter: 121, driftSteps: 0 });
    expect(match(token, 120)).toEqual({ outcome: 'out-of-sync', counter: 120 });
    expect(match(token, 122)).toEqual({ outcome: 'out-of-sync', counter: 122 });
    expect(match({ lastCounter: 121, candidate: 120 }, 121)).toEqual({ outcome: 'replayed' });
  });

  it('attack 21: is never accepted twice, in whatever order codes come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 40 }), (counters) => {
        let lastCounter: number | null = null;
        for (const counter of counters) {
          const answer = match({ lastCounter }, counter);
          if (answer.outcome !== 'accepted') continue;
          expect(answer.counter).toBe(counter);
          expect(counter).toBeGreaterThan(lastCounter ?? -1);
          lastCounter = counter;
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each(['', '1'.repeat(9), '١٢٣٤٥٦٧٨', ' 1234567'])('attack 44: is wrong when it is no code: %j', (typed) => {
    expect(matchHotp(FRESH, typed, EVENT_WINDOWS)).toEqual({ outcome: 'wrong' });
  });
});

describe('the resynchronisation of an event-based token', () => {
  function resync(lastCounter: number | null, ...counters: number[]) {
    return resyncHotp({ ...FRESH, lastCounter }, counters.map(codeAt), EVENT_WINDOWS);
  }

  it('finds it by two or three codes within the look-ahead', () => {
    expect(resync(null, 0, 1)).toEqual({ outcome: 'accepted', counter: 1, driftSteps: 0 });
    expect(resync(100, 300, 301)).toEqual({ outcome: 'accepted', counter: 301, driftSteps: 0 });
    expect(resync(100, 150, 151, 152)).toEqual({ outcome: 'accepted', counter: 152, driftSteps: 0 });
  });

  it('finds nothing behind, beyond or out of order', () => {
    expect(resync(100, 99, 100)).toEqual({ outcome: 'wrong' });
    expect(resync(100, 100, 101)).toEqual({ outcome: 'wrong' });
    expect(resync(100, 301, 302)).toEqual({ outcome: 'wrong' });
    expect(resync(100, 150, 152)).toEqual({ outcome: 'wrong' });
  });
});
