import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { hotp } from '../../../src/tokens/oath/hotp.js';
import { timeStep } from '../../../src/tokens/oath/match-totp.js';
import { OATH_HASHES, oathKey } from '../../../src/tokens/oath/oath-key.js';
import { newSeed } from '../../../src/tokens/oath/seed.js';
import { describeWith } from '../../support/describe-with.js';
import { FixedRandom } from '../../support/fixed-random.js';
import { realPartPath } from '../../support/real-parts.js';

/** Codes that one call prints. */
const CODES = 50;

describeWith('oathtool', 'a generator that nobody here wrote', () => {
  const random = new FixedRandom('oathtool');

  function oathtool(...args: string[]): string[] {
    return execFileSync(realPartPath('oathtool'), args, { encoding: 'utf8' }).trim().split('\n');
  }

  function ours(count: number, code: (index: number) => string): string[] {
    return Array.from({ length: count }, (_, index) => code(index));
  }

  it.each([
    [6, 0],
    [8, 0],
    [6, 4_294_967_270],
    [8, 1_099_511_627_776],
  ] as const)('shows the same %i digits for event-based tokens from counter %i', (digits, first) => {
    for (let i = 0; i < 5; i++) {
      const seed = newSeed(random, 'SHA1');
      const hex = Buffer.from(seed).toString('hex');
      const theirs = oathtool('--hotp', `--counter=${first}`, `--digits=${digits}`, `--window=${CODES - 1}`, hex);
      expect(ours(CODES, (index) => hotp(oathKey(seed, 'SHA1'), first + index, digits))).toEqual(theirs);
    }
  });

  it.each(
    OATH_HASHES.flatMap((hash) =>
      ([6, 8] as const).flatMap((digits) => [30, 60].map((period) => [hash, digits, period] as const)),
    ),
  )('shows the same for time-based tokens: %s, %i digits, %i seconds', (hash, digits, period) => {
    for (const now of ['1970-01-01 00:00:59 UTC', '2026-02-28 23:59:59 UTC', '2603-10-11 11:33:20 UTC']) {
      const seed = newSeed(random, hash);
      const theirs = oathtool(
        `--totp=${hash}`,
        `--now=${now}`,
        `--time-step-size=${period}s`,
        `--digits=${digits}`,
        `--window=${CODES - 1}`,
        Buffer.from(seed).toString('hex'),
      );
      const step = timeStep(new Date(now), period);
      expect(ours(CODES, (index) => hotp(oathKey(seed, hash), step + index, digits))).toEqual(theirs);
    }
  });
});
