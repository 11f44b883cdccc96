import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { answersChallenge, challengeKey, challengeText, drawChallenge } from './card-challenge.js';
import { CARD_SIZE } from './geometry.js';
import { gridFromText } from './grid.js';

const GRID = gridFromText(plainSecret('k4t9wa\n3mrx7c\nv0pz2h\n8dnj6e'));
const CHALLENGE = ['D2', 'A4', 'F1', 'B3'];

describe('the challenge of a grid card', () => {
  it('asks for distinct cells', () => {
    const random = new FixedRandom();
    for (let i = 0; i < 200; i++) {
      const cells = drawChallenge(random, { rows: 2, cols: 3 }, 4, { cellReuse: 'NOREPEAT', asked: new Set() });
      expect(new Set(cells).size).toBe(4);
    }
  });

  it('asks for every cell about as often', () => {
    const random = new FixedRandom();
    const counts = new Map<string, number>();
    for (let i = 0; i < 5500; i++) {
      for (const label of drawChallenge(random, CARD_SIZE, 4, { cellReuse: 'NOREPEAT', asked: new Set() }) ?? []) {
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    }
    // 100 are expected of each.
    expect(counts.size).toBe(220);
    expect(Math.min(...counts.values())).toBeGreaterThan(55);
    expect(Math.max(...counts.values())).toBeLessThan(155);
  });

  it('asks for each cell once, until the card is exhausted', () => {
    const random = new FixedRandom();
    const used = new Set<string>();
    for (let i = 0; i < 55; i++) {
      const cells = drawChallenge(random, CARD_SIZE, 4, { cellReuse: 'ONCE', used }) ?? [];
      expect(cells).toHaveLength(4);
      for (const label of cells) {
        expect(used.has(label)).toBe(false);
        used.add(label);
      }
    }
    expect(used.size).toBe(220);
    expect(drawChallenge(random, CARD_SIZE, 4, { cellReuse: 'ONCE', used })).toBeUndefined();
  });

  it('does not ask for the same cells twice, in whatever order', () => {
    const random = new FixedRandom();
    const asked = new Set<string>();
    for (let i = 0; i < 6; i++) {
      const cells = drawChallenge(random, { rows: 2, cols: 2 }, 2, { cellReuse: 'NOREPEAT', asked }) ?? [];
      expect(asked.has(challengeKey(cells))).toBe(false);
      asked.add(challengeKey(cells));
    }
    expect(asked.size).toBe(6);
    expect(drawChallenge(random, { rows: 2, cols: 2 }, 2, { cellReuse: 'NOREPEAT', asked })).toBeUndefined();
    expect(challengeKey(['B3', 'A1'])).toBe(challengeKey(['A1', 'B3']));
  });

  it('does not ask for more cells than there are', () => {
    const size = { rows: 1, cols: 3 };
    expect(drawChallenge(new FixedRandom(), size, 4, { cellReuse: 'NOREPEAT', asked: new Set() })).toBeUndefined();
  });

  it('is written as in the contract', () => {
    expect(challengeText(CHALLENGE)).toBe('D2 A4 F1 B3');
  });
});

describe('the answer to a challenge', () => {
  it.each(['x8a0', 'X8A0', 'x8A0'])('%s is right (authentication methods, section 6.6)', (typed) => {
    expect(answersChallenge(GRID, CHALLENGE, typed)).toBe(true);
  });

  it.each(['', 'x8a', 'x8a00', '8xa0', 'x8a1', 'x8 0', 'x8a٠', 'x8\u00e40', 'x'.repeat(1000)])(
    'attack 44: %j is wrong',
    (typed) => {
      expect(answersChallenge(GRID, CHALLENGE, typed)).toBe(false);
    },
  );

  it('attack 44: folds no letter from outside ASCII', () => {
    // The Kelvin sign becomes a small k.
    expect('\u212a'.toLowerCase()).toBe('k');
    expect(answersChallenge(GRID, ['A1'], 'k')).toBe(true);
    expect(answersChallenge(GRID, ['A1'], '\u212a')).toBe(false);
  });

  it('is never right where a cell is not on the card, or none was asked for', () => {
    expect(answersChallenge(GRID, ['Z9'], '')).toBe(false);
    expect(answersChallenge(GRID, ['Z9'], 'k')).toBe(false);
    expect(answersChallenge(GRID, [], '')).toBe(false);
  });
});
