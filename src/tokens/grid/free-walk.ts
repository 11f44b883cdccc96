import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { cellNumber } from './geometry.js';
import { type Grid, symbolAt } from './grid.js';
import { readTypedSymbols } from './typed-symbols.js';

/** Shorter walks are guessed without the card: 0.7 % for 6 symbols, 1.6 in a million for 12. */
export const MIN_FREE_WALK = 12;
const MAX_FREE_WALK = 33;

/** Free navigation (authentication methods, section 6.6). Off unless a policy switches it on. */
export interface FreeNavigation {
  readonly enabled: boolean;
}

const FREE_NAVIGATION: FreeNavigation = { enabled: false };

/**
 * Whether `typed` can be read by walking from any cell to neighbour after neighbour, no cell twice and never off the
 * grid. The caller refuses passcodes that were used.
 *
 * @param length symbols that the policy asks for; fewer than 12 are never accepted
 */
export function answersFreeWalk(grid: Grid, typed: string, length: number, { enabled } = FREE_NAVIGATION): boolean {
  if (!enabled || length < MIN_FREE_WALK || length > MAX_FREE_WALK) return false;
  const answer = readTypedSymbols(typed, length);
  if (answer === undefined) return false;
  const visited = new Set<number>();
  for (let index = 0; index < grid.rows * grid.cols; index++) {
    if (walkFrom(grid, index, answer, 0, visited)) return true;
  }
  return false;
}

function walkFrom(grid: Grid, index: number, answer: PlainSecret, at: number, visited: Set<number>): boolean {
  if (visited.has(index) || symbolAt(grid, cellNumber(index, grid)) !== answer.charAt(at)) return false;
  if (at === answer.length - 1) return true;
  visited.add(index);
  const reached = neighbours(grid, index).some((next) => walkFrom(grid, next, answer, at + 1, visited));
  visited.delete(index);
  return reached;
}

function neighbours(grid: Grid, index: number): number[] {
  const { row, col } = cellNumber(index, grid);
  const found: number[] = [];
  for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, grid.rows - 1); r++) {
    for (let c = Math.max(col - 1, 0); c <= Math.min(col + 1, grid.cols - 1); c++) {
      if (r !== row || c !== col) found.push(r * grid.cols + c);
    }
  }
  return found;
}
