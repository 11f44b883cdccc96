import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import type { RandomSource } from '../../core/crypto/random-source.js';
import { type Cell, cellAt, cellLabel, cellNumber, type GridSize } from './geometry.js';
import { type Grid, symbolAt } from './grid.js';
import { readTypedSymbols } from './typed-symbols.js';

/** Cells of a challenge by default: 20 bit, the floor for look-up secrets (NIST SP 800-63B section 5.1.2.1). */
export const CHALLENGE_CELLS = 4;

/**
 * What keeps answers from being good again (authentication methods, section 6.6).
 *
 * - `ONCE`: every cell is asked for once; the card is exhausted after that (NIST SP 800-63B section 5.1.2.2).
 * - `NOREPEAT`: no set of cells is asked for twice, in whatever order: who has seen them once could answer.
 */
export type CellReuse =
  | { readonly cellReuse: 'ONCE'; /** Labels of the cells that were asked for. */ readonly used: ReadonlySet<string> }
  | { readonly cellReuse: 'NOREPEAT'; /** See {@link challengeKey}. */ readonly asked: ReadonlySet<string> };

/** Draws before a card counts as exhausted although some set of cells was never asked for. */
const MAX_DRAWS = 1000;

/**
 * Draws a challenge of distinct cells, uniformly.
 *
 * @returns the labels in the order in which they are answered, or undefined when the card is exhausted (code 257)
 */
export function drawChallenge(
  random: RandomSource,
  size: GridSize,
  count: number,
  reuse: CellReuse,
): readonly string[] | undefined {
  const labels = Array.from({ length: size.rows * size.cols }, (_, index) => cellLabel(cellNumber(index, size)));
  if (reuse.cellReuse === 'ONCE') {
    const unused = labels.filter((label) => !reuse.used.has(label));
    return unused.length < count ? undefined : pick(random, unused, count);
  }
  if (labels.length < count) return undefined;
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    const drawn = pick(random, labels, count);
    if (!reuse.asked.has(challengeKey(drawn))) return drawn;
  }
  return undefined;
}

/** The cells of a challenge whatever their order, to be kept for `NOREPEAT`. */
export function challengeKey(labels: readonly string[]): string {
  return labels.toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
}

/** The challenge as a person reads it: labels, one blank between them. */
export function challengeText(labels: readonly string[]): string {
  return labels.join(' ');
}

/** Whether `typed` holds the symbols of the challenge's cells in their order, in upper or lower case. */
export function answersChallenge(grid: Grid, labels: readonly string[], typed: string): boolean {
  const cells = labels.map((label) => cellAt(label, grid)).filter((cell): cell is Cell => cell !== undefined);
  const answer = readTypedSymbols(typed, labels.length);
  if (answer === undefined || cells.length !== labels.length) return false;
  return equalSecrets(cells.map((cell) => symbolAt(grid, cell)).join(''), answer);
}

/** `count` of `items` in random order (Fisher and Yates). */
function pick(random: RandomSource, items: readonly string[], count: number): string[] {
  const rest = [...items];
  return Array.from({ length: count }, () => rest.splice(random.below(rest.length), 1)[0] ?? '');
}
