import { describe, expect, it } from 'vitest';
import { RandomSource } from '../core/crypto/random-source.js';
import { nextAttempt } from './retry-schedule.js';

class FixedRandom extends RandomSource {
  constructor(private readonly share: number) {
    super();
  }

  bytes(length: number): Uint8Array {
    return new Uint8Array(length);
  }

  below(limit: number): number {
    return Math.round(this.share * (limit - 1));
  }
}

const createdAt = new Date('2026-08-03T09:00:00Z');
const limits = { firstSeconds: 30, attempts: 20, hours: 24 };
const wait = (attempts: number, share = 0.5) => {
  const at = nextAttempt({ attempts, createdAt }, limits, createdAt, new FixedRandom(share));
  return at && (at.getTime() - createdAt.getTime()) / 1000;
};

describe('the next attempt', () => {
  it('doubles the wait each time, up to an hour', () => {
    expect([1, 2, 3, 4, 7, 8, 19].map((attempts) => wait(attempts))).toEqual([30, 60, 120, 240, 1_920, 3_600, 3_600]);
  });

  it('is moved by at most a quarter', () => {
    expect([wait(1, 0), wait(1, 1)]).toEqual([22.5, 37.5]);
  });

  it('does not come after the last allowed attempt', () => {
    expect(wait(20)).toBeUndefined();
  });

  it('comes as laid down, and then no more', () => {
    const laidDown = { ...limits, attempts: 4, waits: [60, 300, 900] };
    const waits = [1, 2, 3, 4].map((attempts) => {
      const at = nextAttempt({ attempts, createdAt }, laidDown, createdAt, new FixedRandom(0));
      return at && (at.getTime() - createdAt.getTime()) / 1000;
    });
    expect(waits).toEqual([60, 300, 900, undefined]);
  });

  it('does not come after the allowed time', () => {
    const late = new Date(createdAt.getTime() + 24 * 3_600_000);
    expect(nextAttempt({ attempts: 2, createdAt }, limits, late, new FixedRandom(0))).toBeUndefined();
  });
});
