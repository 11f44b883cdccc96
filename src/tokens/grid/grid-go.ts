import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { GRID_COLUMNS } from './geometry.js';
import type { Grid } from './grid.js';

/**
 * The `code` of a GridGo challenge: JSON as a text, to be parsed once more (authentication methods, section 4.17).
 * `indiecs` is spelt as published and has exactly one label a column.
 */
export function gridGoCode({ lines, rows, cols }: Grid): PlainSecret {
  return plainSecret(JSON.stringify({ grid: lines, rows, cols, indiecs: GRID_COLUMNS.slice(0, cols) }));
}
