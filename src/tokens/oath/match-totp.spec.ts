import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { hotp, type OathDigits } from './hotp.js';
import { matchTotp, resyncTotp, resyncTotpByOne, timeStep, type TotpPosition } from './match-totp.js';
import { oathKey } from './oath-key.js';
import { newSeed } from './seed.js';
import { TIME_WINDOWS, VENDOR_TIME_WINDOWS } from './sync-windows.js';

const hmacs = vi.hoisted(() => ({ made: 0 }));
vi.mock(import('node:crypto'), async (original) => {
  const real = await original();
  const createHmac: typeof real.createHmac = (...args) => {
    hmacs.made += 1;
    return real.createHmac(...args);
  };
  return { ...real, createHmac };
});

const KEY = oathKey(newSeed(new FixedRandom(), 'SHA1'), 'SHA1');
const STEP = 50_000_000;
const NOW = new Date(STEP * 30_000 + 12_345);

const FRESH: TotpPosition = { key: KEY, digits: 6, period: 30, lastCounter: null, driftSteps: 0 };

function codeAt(step: number, digits: OathDigits = 6): string {
  return hotp(KEY, step, digits);
}

function match(token: Partial<TotpPosition>, step: number, windows = TIME_WINDOWS) {
  return matchTotp({ ...FRESH, ...token }, codeAt(step), NOW, windows);
}

afterEach(() => {
  hmacs.made = 0;
});

describe('a code of a time-based token', () => {
  it.each([-2, -1, 0, 1, 2])('is accepted %i steps from now, and its drift is told', (offset) => {
    expect(match({}, STEP + offset)).toEqual({ outcome: 'accepted', counter: STEP + offset, driftSteps: offset });
  });

  it.each([-30, -3, 3, 30])('is out of sync %i steps from now', (offset) => {
    expect(match({}, STEP + offset)).toEqual({ outcome: 'out-of-sync', counter: STEP + offset });
  });

  it.each([-31, 31, 120])('is wrong %i steps from now', (offset) => {
    expect(match({}, STEP + offset)).toEqual({ outcome: 'wrong' });
  });

  it('is accepted in the windows of the vendor for fleets that come from there', () => {
    expect(match({}, STEP + 30, VENDOR_TIME_WINDOWS).outcome).toBe('accepted');
    expect(match({}, STEP - 60, VENDOR_TIME_WINDOWS).outcome).toBe('out-of-sync');
  });

  it('is searched around the drift that was stored', () => {
    expect(match({ driftSteps: 20 }, STEP + 22)).toEqual({
      outcome: 'accepted',
      counter: STEP + 22,
      driftSteps: 22,
    });
    expect(match({ driftSteps: 20 }, STEP).outcome).toBe('out-of-sync');
    expect(match({ driftSteps: -5 }, STEP - 7)).toMatchObject({ outcome: 'accepted', driftSteps: -7 });
  });

  it('can be of the first steps there are', () => {
    const at = new Date(0);
    expect(matchTotp(FRESH, codeAt(0), at, TIME_WINDOWS)).toMatchObject({ outcome: 'accepted', counter: 0 });
    expect(matchTotp({ ...FRESH, driftSteps: -90 }, codeAt(0), at, TIME_WINDOWS)).toEqual({ outcome: 'wrong' });
  });

  it('attack 21: is refused the second time', () => {
    expect(match({ lastCounter: STEP }, STEP)).toEqual({ outcome: 'replayed' });
  });

  it('attack 22: is refused for every passed step, and taken for the next', () => {
    for (const step of [STEP - 20, STEP - 2, STEP - 1, STEP]) {
      expect(match({ lastCounter: STEP }, step)).toEqual({ outcome: 'replayed' });
    }
    expect(match({ lastCounter: STEP }, STEP + 1)).toMatchObject({ outcome: 'accepted', counter: STEP + 1 });
  });

  it('attack 22: is refused when a later step happens to show it too', () => {
    const [early, late] = twins();
    const at = new Date((early + 1) * 30_000);
    const windows = { auto: late - early, check: late - early, manual: late - early };
    expect(matchTotp(FRESH, codeAt(early), at, windows)).toMatchObject({ outcome: 'accepted' });
    expect(matchTotp({ ...FRESH, lastCounter: early }, codeAt(early), at, windows)).toEqual({ outcome: 'replayed' });
  });

  it('is accepted out of sync when it follows the one before, and not otherwise', () => {
    const candidate = STEP + 25;
    expect(match({ candidate }, candidate + 1)).toEqual({
      outcome: 'accepted',
      counter: candidate + 1,
      driftSteps: 26,
    });
    expect(match({ candidate }, candidate)).toEqual({ outcome: 'out-of-sync', counter: candidate });
    expect(match({ candidate }, candidate + 2)).toEqual({ outcome: 'out-of-sync', counter: candidate + 2 });
    expect(match({ candidate, lastCounter: candidate + 1 }, candidate + 1)).toEqual({ outcome: 'replayed' });
  });

  it.each(['', '7'.repeat(9), '7'.repeat(1000), '٧٥٥٢٢٤', '755 24', ' 75522'])(
    'attack 44: costs no HMAC when it is no code: %j',
    (typed) => {
      expect(matchTotp(FRESH, typed, NOW, TIME_WINDOWS)).toEqual({ outcome: 'wrong' });
      expect(hmacs.made).toBe(0);
    },
  );

  it('attack 61: costs the whole window, wherever it stands in it', () => {
    const costs = [-2, -1, 0, 1, 2].map((offset) => {
      const typed = codeAt(STEP + offset);
      hmacs.made = 0;
      matchTotp(FRESH, typed, NOW, TIME_WINDOWS);
      return hmacs.made;
    });
    expect(costs).toEqual([5, 5, 5, 5, 5]);
  });

  it('attack 24: is never accepted twice, whatever the drift, the step and the digits', () => {
    const codes = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.integer({ min: -600, max: 600 }),
        fc.constantFrom(30, 60),
        fc.constantFrom<OathDigits>(6, 8),
        fc.integer({ min: 0, max: 59_999 }),
        codes,
        fc.constantFrom(TIME_WINDOWS, VENDOR_TIME_WINDOWS),
        (driftSeconds, period, digits, offset, pauses, windows) => {
          const used = new Set<number>();
          let token: TotpPosition = { key: KEY, digits, period, lastCounter: null, driftSteps: 0 };
          let time = STEP * 30_000 + offset;
          for (const pause of pauses) {
            time += pause * 1000;
            const now = new Date(time);
            const shown = timeStep(new Date(time + driftSeconds * 1000), period);
            const typed = hotp(KEY, shown, digits);
            const answer = matchTotp(token, typed, now, windows);
            if (answer.outcome !== 'accepted') {
              token = { ...token, candidate: answer.outcome === 'out-of-sync' ? answer.counter : null };
              continue;
            }
            expect(used.has(answer.counter)).toBe(false);
            expect(Number.isInteger(answer.driftSteps)).toBe(true);
            expect(answer.counter).toBe(timeStep(now, period) + answer.driftSteps);
            expect(hotp(KEY, answer.counter, digits)).toBe(typed);
            used.add(answer.counter);
            token = { ...token, lastCounter: answer.counter, driftSteps: answer.driftSteps, candidate: null };
            expect(matchTotp(token, typed, now, windows)).toEqual({ outcome: 'replayed' });
            expect(matchTotp(token, typed, new Date(time + period * 1000), windows).outcome).toBe('replayed');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the resynchronisation of a time-based token', () => {
  function resync(token: Partial<TotpPosition>, codes: readonly string[]) {
    return resyncTotp({ ...FRESH, ...token }, codes, NOW, TIME_WINDOWS);
  }

  it.each([-120, -31, 0, 31, 119, 120])('finds it %i steps from now by two codes, and its drift', (offset) => {
    const step = STEP + offset;
    expect(resync({}, [codeAt(step), codeAt(step + 1)])).toEqual({
      outcome: 'accepted',
      counter: step + 1,
      driftSteps: offset + 1,
    });
  });

  it('takes three codes as well', () => {
    expect(resync({}, [codeAt(STEP), codeAt(STEP + 1), codeAt(STEP + 2)])).toEqual({
      outcome: 'accepted',
      counter: STEP + 2,
      driftSteps: 2,
    });
  });

  it.each([-121, 121])('does not find it %i steps from now', (offset) => {
    const step = STEP + offset;
    expect(resync({}, [codeAt(step), codeAt(step + 1)])).toEqual({ outcome: 'wrong' });
  });

  it('wants codes that follow each other', () => {
    expect(resync({}, [codeAt(STEP), codeAt(STEP + 2)])).toEqual({ outcome: 'wrong' });
    expect(resync({}, [codeAt(STEP + 1), codeAt(STEP)])).toEqual({ outcome: 'wrong' });
    expect(resync({}, [codeAt(STEP), codeAt(STEP)])).toEqual({ outcome: 'wrong' });
    expect(resync({}, [codeAt(STEP), codeAt(STEP + 1), codeAt(STEP + 3)])).toEqual({ outcome: 'wrong' });
  });

  it('attack 21: takes no code of a passed step', () => {
    expect(resync({ lastCounter: STEP }, [codeAt(STEP), codeAt(STEP + 1)])).toEqual({ outcome: 'wrong' });
    expect(resync({ lastCounter: STEP }, [codeAt(STEP + 1), codeAt(STEP + 2)]).outcome).toBe('accepted');
  });

  it.each([[[]], [['755224']], [['755224', '']], [['٧٥٥٢٢٤', '755224']], [['1', '2', '3', '4']]])(
    'attack 44: refuses what are not two or three codes: %j',
    (codes) => {
      expect(resync({}, codes)).toEqual({ outcome: 'wrong' });
    },
  );
});

/** Two steps not far from each other that show the same six digits. */
function twins(): [number, number] {
  const seen = new Map<string, number>();
  for (let step = STEP; ; step++) {
    const code = codeAt(step);
    const earlier = seen.get(code);
    if (earlier !== undefined) return [earlier, step];
    seen.set(code, step);
  }
}

describe('the one code of a token that is out of step', () => {
  const find = (code: string, token: Partial<TotpPosition> = {}, manual = 120) =>
    resyncTotpByOne({ ...FRESH, ...token }, code, NOW, { manual });

  it.each([-120, -3, 0, 120])('is found %i steps from now', (offset) => {
    expect(find(codeAt(STEP + offset))).toEqual({ outcome: 'accepted', counter: STEP + offset, driftSteps: offset });
  });

  it('is not found beyond the window, nor at a step that is used', () => {
    expect(find(codeAt(STEP + 121))).toEqual({ outcome: 'wrong' });
    expect(find(codeAt(STEP), { lastCounter: STEP })).toEqual({ outcome: 'wrong' });
    expect(find(codeAt(STEP + 1), { lastCounter: STEP })).toMatchObject({ outcome: 'accepted' });
    expect(find('12345')).toEqual({ outcome: 'wrong' });
  });

  it('is ambiguous where two steps show it', () => {
    // Wide enough for six digits to come again.
    const steps = new Map<string, number>();
    const twice = Array.from({ length: 8_000 }, (_, offset) => codeAt(STEP + offset)).find((code, offset) => {
      const seen = steps.has(code);
      steps.set(code, offset);
      return seen;
    });
    expect(find(twice ?? '', {}, 8_000)).toEqual({ outcome: 'ambiguous' });
  });
});
