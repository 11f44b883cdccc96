/** Labels of the columns, left to right, without I, L, O and Q (authentication methods, section 6.6). */
export const GRID_COLUMNS = 'ABCDEFGHJKMNPRSTUVWXYZ';

/** Symbols of the cells: 5 bit each. */
export const GRID_SYMBOLS = '0123456789abcdefghjkmnprstuvwxyz';

/** Rows and columns of the published sample. */
export const CARD_SIZE: GridSize = { rows: 10, cols: 22 };

/** Most rows: what still prints on a page and is counted in two digits. */
const MAX_ROWS = 99;

export interface GridSize {
  readonly rows: number;
  readonly cols: number;
}

/** A cell by its row and column, both from 0. */
export interface Cell {
  readonly row: number;
  readonly col: number;
}

/**
 * Refuses sizes that have no labels.
 *
 * @throws RangeError
 */
export function checkSize({ rows, cols }: GridSize): void {
  if (!Number.isInteger(rows) || rows < 1 || rows > MAX_ROWS) throw new RangeError('a grid has 1 to 99 rows');
  if (!Number.isInteger(cols) || cols < 1 || cols > GRID_COLUMNS.length) {
    throw new RangeError(`a grid has 1 to ${GRID_COLUMNS.length} columns`);
  }
}

/** A cell's label: column, then row from 1, as in `M4`. */
export function cellLabel({ row, col }: Cell): string {
  return `${GRID_COLUMNS[col]}${row + 1}`;
}

/** The cell with a label, in upper or lower case; undefined when the grid has none. */
export function cellAt(label: string, { rows, cols }: GridSize): Cell | undefined {
  if (!/^[A-Za-z][1-9][0-9]?$/.test(label)) return undefined;
  const col = GRID_COLUMNS.indexOf(label.charAt(0).toUpperCase());
  const row = Number(label.slice(1)) - 1;
  return col >= 0 && col < cols && row < rows ? { row, col } : undefined;
}

/** The n-th cell, row by row. */
export function cellNumber(index: number, { cols }: GridSize): Cell {
  return { row: Math.floor(index / cols), col: index % cols };
}
