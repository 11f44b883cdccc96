import type { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { type Cell, checkSize, GRID_SYMBOLS, type GridSize } from './geometry.js';

/** A filled grid: as many strings as rows, each as long as there are columns. A secret; at rest its {@link gridText} is sealed. */
export interface Grid extends GridSize {
  readonly lines: readonly PlainSecret[];
}

/** Draws every cell independently and uniformly. */
export function newGrid(random: RandomSource, size: GridSize): Grid {
  checkSize(size);
  const { rows, cols } = size;
  return { rows, cols, lines: Array.from({ length: rows }, () => random.text(cols, GRID_SYMBOLS)) };
}

/** What stands in a cell. */
export function symbolAt(grid: Grid, { row, col }: Cell): string {
  return grid.lines[row]?.[col] ?? '';
}

/** The grid as one text, to be sealed: its rows, a line each. */
export function gridText(grid: Grid): PlainSecret {
  return plainSecret(grid.lines.join('\n'));
}

/**
 * Reads what {@link gridText} wrote.
 *
 * @throws RangeError for rows of different lengths, other symbols and sizes without labels
 */
export function gridFromText(text: PlainSecret): Grid {
  const lines = text.split('\n').map(plainSecret);
  const size = { rows: lines.length, cols: lines[0]?.length ?? 0 };
  checkSize(size);
  if (
    lines.some((line) => line.length !== size.cols || Array.from(line).some((symbol) => !GRID_SYMBOLS.includes(symbol)))
  ) {
    throw new RangeError('not a grid');
  }
  return { ...size, lines };
}
