import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { CARD_SIZE, cellAt, cellLabel, GRID_COLUMNS, GRID_SYMBOLS } from './geometry.js';
import { gridFromText, gridText, newGrid, symbolAt } from './grid.js';
import { gridGoCode } from './grid-go.js';

describe('the geometry of a grid', () => {
  it('has 22 columns and 32 symbols, without those taken for each other', () => {
    expect(GRID_COLUMNS).toHaveLength(22);
    expect(GRID_COLUMNS).not.toMatch(/[ILOQ]/);
    expect(GRID_SYMBOLS).toHaveLength(32);
    expect(GRID_SYMBOLS).not.toMatch(/[iloq]/);
  });

  it('labels every cell, and finds it by its label', () => {
    for (let row = 0; row < CARD_SIZE.rows; row++) {
      for (let col = 0; col < CARD_SIZE.cols; col++) {
        const label = cellLabel({ row, col });
        expect(cellAt(label, CARD_SIZE)).toEqual({ row, col });
        expect(cellAt(label.toLowerCase(), CARD_SIZE)).toEqual({ row, col });
      }
    }
    expect(cellLabel({ row: 3, col: 10 })).toBe('M4');
  });

  it.each(['', 'A', '4', 'A0', 'A01', 'A11', 'I1', 'Q1', 'AA1', 'A1 ', ' A1', 'A١', 'Ａ1'])(
    'has no cell %j',
    (label) => {
      expect(cellAt(label, CARD_SIZE)).toBeUndefined();
    },
  );
});

describe('a new grid', () => {
  const grid = newGrid(new FixedRandom(), CARD_SIZE);

  it('is filled with its symbols, each about as often', () => {
    const large = newGrid(new FixedRandom(), { rows: 99, cols: 22 });
    const counts = new Map<string, number>();
    for (const symbol of large.lines.join('')) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    expect([...counts.keys()].toSorted((a, b) => (a < b ? -1 : 1)).join('')).toBe(GRID_SYMBOLS);
    // 68 are expected of each; beyond these bounds lie 5 in a million.
    expect(Math.min(...counts.values())).toBeGreaterThan(35);
    expect(Math.max(...counts.values())).toBeLessThan(110);
  });

  it('differs from the next one', () => {
    const random = new FixedRandom();
    expect(newGrid(random, CARD_SIZE)).not.toEqual(newGrid(random, CARD_SIZE));
  });

  it('comes back from the text that is sealed', () => {
    expect(gridFromText(gridText(grid))).toEqual(grid);
    expect(symbolAt(grid, { row: 3, col: 10 })).toBe(grid.lines[3]?.[10]);
  });

  it.each(['', 'ab\nc', 'ab\ncI', 'AB', 'a\n', 'a'.repeat(23)])('is nothing like %j', (text) => {
    expect(() => gridFromText(plainSecret(text))).toThrow(RangeError);
  });

  it.each([
    [0, 22],
    [100, 22],
    [10, 0],
    [10, 23],
    [1.5, 22],
  ])('is not made with %d rows and %d columns', (rows, cols) => {
    expect(() => newGrid(new FixedRandom(), { rows, cols })).toThrow(RangeError);
  });
});

describe('the code of a GridGo challenge', () => {
  it('is the published one, letter by letter', () => {
    const grid = gridFromText(plainSecret('k4t9wa\n3mrx7c\nv0pz2h\n8dnj6e'));
    expect(gridGoCode(grid)).toBe(
      '{"grid":["k4t9wa","3mrx7c","v0pz2h","8dnj6e"],"rows":4,"cols":6,"indiecs":"ABCDEF"}',
    );
  });

  it('labels as many columns as there are, the last one too', () => {
    expect(JSON.parse(gridGoCode(newGrid(new FixedRandom(), CARD_SIZE)))).toMatchObject({
      rows: 10,
      cols: 22,
      indiecs: 'ABCDEFGHJKMNPRSTUVWXYZ',
    });
  });
});
