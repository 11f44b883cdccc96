import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { cellNumber } from './geometry.js';
import { type Grid, symbolAt } from './grid.js';
import { passcodeLength, type PathPin, walkPath } from './path-pin.js';
import { readTypedSymbols } from './typed-symbols.js';

/** How a path may be walked. */
export interface PathRules {
  /** *Navigation wrapping*: rows and columns are cyclic. Without it a walk that leaves the grid gives no passcode. */
  readonly wrap: boolean;
}

/**
 * Whether `typed` is what the path gives from any start cell (authentication methods, section 6.6). Every walk is walked
 * to its end and compared whole, so that the time does not tell which came near.
 */
export function answersPath(grid: Grid, path: PathPin, typed: string, { wrap }: PathRules): boolean {
  const answer = readTypedSymbols(typed, passcodeLength(path));
  if (answer === undefined) return false;
  let found = 0;
  for (let index = 0; index < grid.rows * grid.cols; index++) {
    const { cells, inside } = walkPath(path, cellNumber(index, grid), grid);
    const same = sameSymbols(cells.map((cell) => symbolAt(grid, cell)).join(''), answer);
    found |= same & Number(wrap || inside);
  }
  return found === 1;
}

/** 1 when two texts of one length are the same, 0 otherwise; in a time that tells nothing of where they differ. */
function sameSymbols(a: string, b: PlainSecret): number {
  let difference = 0;
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return Number(difference === 0);
}
