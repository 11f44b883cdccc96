import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { Cell, GridSize } from './geometry.js';

/** A path in canonical form: one of the eight characters of {@link MOVES} a move. Only this form is stored or compared. */
export type PathPin = PlainSecret & { readonly __path: unique symbol };

/** Row and column that each canonical move adds (authentication methods, section 6.6). */
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  '0': [-1, 0],
  '1': [-1, 1],
  '3': [0, 1],
  '4': [1, 1],
  '6': [1, 0],
  '7': [1, -1],
  '9': [0, -1],
  A: [-1, -1],
};

/** The canonical character of each move. */
export const CANONICAL_MOVES = Object.keys(MOVES).join('');

/** Other characters for the same moves. */
const ALIASES: Readonly<Record<string, string>> = {
  N: '0',
  U: '0',
  '2': '1',
  E: '3',
  R: '3',
  '5': '4',
  S: '6',
  D: '6',
  '8': '7',
  W: '9',
  L: '9',
  B: 'A',
};

/** Moves of the longest path: longer ones nobody walks, and each costs every start cell. */
export const MAX_MOVES = 32;

/**
 * Brings a path to its canonical form.
 *
 * @param text moves in either case
 * @returns undefined when a character is no move or there are none or too many
 */
export function canonicalPath(text: string): PathPin | undefined {
  if (text.length < 1 || text.length > MAX_MOVES || !/^[0-9A-Za-z]+$/.test(text)) return undefined;
  const moves = Array.from(text.toUpperCase(), (move) => ALIASES[move] ?? move);
  return moves.every((move) => Object.hasOwn(MOVES, move)) ? (plainSecret(moves.join('')) as PathPin) : undefined;
}

/** Symbols of the passcode that a path gives: the start cell's, and one a move. */
export function passcodeLength(path: PathPin): number {
  return path.length + 1;
}

/** A walk: its cells, and whether it stayed on the grid. */
export interface Walk {
  /** As if rows and columns were cyclic. */
  readonly cells: readonly Cell[];
  readonly inside: boolean;
}

/** One move from a cell. */
export interface Step {
  /** The move in canonical form. */
  readonly move: string;
  /** Where it leads, as if rows and columns were cyclic. */
  readonly cell: Cell;
  /** Whether it stays on the grid. */
  readonly inside: boolean;
}

/** The eight moves from a cell. */
export function stepsFrom(cell: Cell, size: GridSize): Step[] {
  return Object.keys(MOVES).map((move) => stepFrom(cell, move, size));
}

/** Walks a path from a cell. */
export function walkPath(path: PathPin, start: Cell, size: GridSize): Walk {
  let inside = true;
  const cells: Cell[] = [start];
  let at = start;
  for (const move of path) {
    const step = stepFrom(at, move, size);
    at = step.cell;
    inside &&= step.inside;
    cells.push(at);
  }
  return { cells, inside };
}

function stepFrom({ row, col }: Cell, move: string, { rows, cols }: GridSize): Step {
  const [down, right] = MOVES[move] ?? [0, 0];
  const cell = { row: (row + down + rows) % rows, col: (col + right + cols) % cols };
  return { move, cell, inside: cell.row === row + down && cell.col === col + right };
}
