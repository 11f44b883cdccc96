import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { CARD_SIZE, cellAt, cellLabel } from './geometry.js';
import { gridFromText } from './grid.js';
import { answersFreeWalk } from './free-walk.js';
import { answersPath } from './path-passcode.js';
import { canonicalPath, passcodeLength, type PathPin, walkPath } from './path-pin.js';
import { walkedPaths } from './walked-paths.js';

const GRID = gridFromText(plainSecret('k4t9wa\n3mrx7c\nv0pz2h\n8dnj6e'));

function path(text: string): PathPin {
  const canonical = canonicalPath(text);
  if (!canonical) throw new Error(text);
  return canonical;
}

function walk(moves: string, start: string, size = CARD_SIZE) {
  const cell = cellAt(start, size);
  if (!cell) throw new Error(start);
  const { cells, inside } = walkPath(path(moves), cell, size);
  return { inside, cells: cells.map(cellLabel).join(' ') };
}

describe('a path', () => {
  it.each([
    ['02468', '01467'],
    ['N U 0', undefined],
    ['NU0', '000'],
    ['12', '11'],
    ['3ER', '333'],
    ['45', '44'],
    ['6SD', '666'],
    ['78', '77'],
    ['9WL', '999'],
    ['AB', 'AA'],
    ['nuersdwlab', '00336699AA'],
    ['', undefined],
    ['C', undefined],
    ['1-2', undefined],
    ['constructor', undefined],
    ['١٢', undefined],
    ['\u212a', undefined],
    ['1'.repeat(32), '1'.repeat(32)],
    ['1'.repeat(33), undefined],
  ])('%j in its canonical form is %j', (text, canonical) => {
    expect(canonicalPath(text)).toBe(canonical);
  });

  it('is walked as documented: M4 and 1234', () => {
    expect(walk('1234', 'M4')).toEqual({ cells: 'M4 N3 P2 R2 S3', inside: true });
  });

  it.each([
    ['1364', 'B3', 'B3 C2 D2 D3 E4'],
    ['0199', 'C4', 'C4 C3 D2 C2 B2'],
  ])('%s from %s reads %s', (moves, start, cells) => {
    expect(walk(moves, start, GRID)).toEqual({ cells, inside: true });
  });

  it.each([
    ['0', 'A1', 'A1 A4'],
    ['9', 'A1', 'A1 F1'],
    ['A', 'A1', 'A1 F4'],
    ['4', 'F4', 'F4 A1'],
    ['7', 'A4', 'A4 F1'],
    ['1', 'F1', 'F1 A4'],
    ['03', 'A1', 'A1 A4 B4'],
  ])('%s from %s leaves the grid, and comes in again at the other side: %s', (moves, start, cells) => {
    expect(walk(moves, start, GRID)).toEqual({ cells, inside: false });
  });

  it('gives a passcode of one symbol more than it has moves', () => {
    expect(passcodeLength(path('12345'))).toBe(6);
  });
});

describe('the passcode of a path', () => {
  const STAY = { wrap: false };

  it.each([
    ['1364', '0rxz6'],
    ['1364', '0RXZ6'],
    ['0199', 'npxrm'],
  ])('%s accepts %s (authentication methods, section 6.6)', (moves, typed) => {
    expect(answersPath(GRID, path(moves), typed, STAY)).toBe(true);
  });

  it('is right from every start cell whose walk stays on the grid, and from no other', () => {
    // One to the right: five starts a row.
    for (const line of GRID.lines) {
      for (let col = 0; col < 5; col++) {
        expect(answersPath(GRID, path('3'), line.slice(col, col + 2), STAY)).toBe(true);
      }
      expect(answersPath(GRID, path('3'), `${line.slice(5)}${line.slice(0, 1)}`, STAY)).toBe(false);
    }
  });

  it('is right across the border where wrapping is on', () => {
    expect(answersPath(GRID, path('3'), 'ak', { wrap: true })).toBe(true);
    expect(answersPath(GRID, path('6'), '8k', { wrap: true })).toBe(true);
    expect(answersPath(GRID, path('6'), '8k', STAY)).toBe(false);
  });

  it.each(['', '0rxz', '0rxz66', '0rxz7', '6zxr0', '0rxz ', '0rxz٦', 'z'.repeat(1000)])(
    'attack 44: %j is wrong',
    (typed) => {
      expect(answersPath(GRID, path('1364'), typed, STAY)).toBe(false);
    },
  );
});

describe('free navigation', () => {
  // A serpent through the whole small grid.
  const WALK = 'k4t9wac7xrm3';
  const ON = { enabled: true };

  it('is off unless a policy switches it on', () => {
    expect(answersFreeWalk(GRID, WALK, 12)).toBe(false);
    expect(answersFreeWalk(GRID, WALK, 12, ON)).toBe(true);
  });

  it('never accepts fewer than 12 symbols', () => {
    expect(answersFreeWalk(GRID, WALK.slice(0, 11), 11, ON)).toBe(false);
    expect(answersFreeWalk(GRID, WALK.slice(0, 6), 6, ON)).toBe(false);
  });

  it('forbids a cell twice, leaps and the border', () => {
    expect(answersFreeWalk(GRID, 'k4k4t9wac7xr', 12, ON)).toBe(false);
    expect(answersFreeWalk(GRID, 'k4t9wah2zp0e', 12, ON)).toBe(false);
    expect(answersFreeWalk(GRID, 'awk4t9wac7xr', 12, ON)).toBe(false);
  });

  it('attack 44: wants symbols of its length only', () => {
    for (const typed of ['', WALK.slice(1), `${WALK}v`, `${WALK.slice(1)} `]) {
      expect(answersFreeWalk(GRID, typed, 12, ON)).toBe(false);
    }
  });
});

describe('the paths that a passcode can be read along', () => {
  const read = (typed: string, wrap = false) => [...walkedPaths(GRID, typed, { wrap })];

  it.each([
    ['0rxz6', '1364'],
    ['0RXZ6', '1364'],
    ['px72e', '1364'],
    ['npxrm', '0199'],
  ])('%s: %s', (typed, moves) => {
    expect(read(typed)).toEqual([moves]);
  });

  it('are all those that give it, and no other', () => {
    for (const first of '0134679A') {
      for (const second of '0134679A') {
        const moves = path(first + second);
        for (const typed of ['mrx', '0px', 'rxr', 'xrx', 'z7x']) {
          expect([moves, typed, read(typed).includes(moves)]).toEqual([
            moves,
            typed,
            answersPath(GRID, moves, typed, { wrap: false }),
          ]);
        }
      }
    }
  });

  it('leave the grid where wrapping is on', () => {
    expect(read('kaw9t')).toEqual([]);
    expect(read('kaw9t', true)).toEqual(['9999']);
  });

  it.each(['', 'k', 'zzz', '0rxz٦', ' 0rxz6', 'k'.repeat(34)])('attack 44: are none for %j', (typed) => {
    expect(read(typed)).toEqual([]);
  });

  it('attack 59: are given up where a text fits walks without end', () => {
    const same = gridFromText(plainSecret(Array.from({ length: 10 }, () => '0'.repeat(22)).join('\n')));
    expect(walkedPaths(same, '0'.repeat(33), { wrap: true }).size).toBe(0);
  });
});
