import { type Cell, cellNumber } from './geometry.js';
import { type Grid, symbolAt } from './grid.js';
import type { PathRules } from './path-passcode.js';
import { type PathPin, stepsFrom } from './path-pin.js';
import { readTypedSymbols } from './typed-symbols.js';

/** Walks that are followed at a time: one right symbol has eight neighbours, of which a quarter fits by chance. */
const MOST_WALKS = 512;

/** Symbols of the longest passcode: the start cell and 32 moves. */
const MOST_SYMBOLS = 33;

/** A walk that fits so far. */
interface Walk {
  readonly at: Cell;
  readonly path: string;
}

/**
 * Every path along which a text can be read on a grid (authentication methods, section 6.6), where of the right one only
 * a digest is known: printed cards that a path protects.
 *
 * @returns none for a text that no passcode is, and for one that fits so many walks that it is made up to (attack class 59)
 */
export function walkedPaths(grid: Grid, typed: string, { wrap }: PathRules): ReadonlySet<PathPin> {
  const [first, ...others] = typed.length > MOST_SYMBOLS ? '' : (readTypedSymbols(typed, typed.length) ?? '');
  const starts = Array.from({ length: grid.rows * grid.cols }, (_, index) => cellNumber(index, grid));
  let walks: Walk[] = starts.filter((cell) => symbolAt(grid, cell) === first).map((at) => ({ at, path: '' }));
  for (const symbol of others) {
    walks = walks.flatMap(({ at, path }) =>
      stepsFrom(at, grid)
        .filter(({ cell, inside }) => (wrap || inside) && symbolAt(grid, cell) === symbol)
        .map(({ cell, move }) => ({ at: cell, path: path + move })),
    );
    if (walks.length > MOST_WALKS) return new Set();
  }
  return new Set(others.length === 0 ? [] : walks.map(({ path }) => path as PathPin));
}
