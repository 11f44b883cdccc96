import { type CodeSpace, countersShowing } from './code-search.js';
import { type ResyncMatch, WRONG } from './otp-match.js';
import { readTypedCode } from './typed-code.js';

/** Codes that a resynchronisation takes: two by chance meet in 241 steps with 2.4 in 10^10, a third settles a tie. */
const FEWEST_CODES = 2;
const MOST_CODES = 3;

/**
 * Finds the one place in `window` where consecutive counters show `codes` (authentication methods, section 6.2). The
 * last of them becomes the last counter, so that none of the codes is good for a log-in afterwards.
 *
 * @param window counters at which the first code may stand
 */
export function matchSequence(
  space: CodeSpace,
  codes: readonly string[],
  window: { readonly first: number; readonly last: number },
  driftAt: (counter: number) => number,
): ResyncMatch {
  if (codes.length < FEWEST_CODES || codes.length > MOST_CODES) return WRONG;
  const values = codes.map((code) => readTypedCode(code, space.digits));
  const starts = values.map((value, offset) =>
    value === undefined
      ? []
      : countersShowing(space, value, window.first + offset, window.last + offset).map((counter) => counter - offset),
  );
  const [start, ...others] = starts.reduce((common, found) => common.filter((counter) => found.includes(counter)));
  if (start === undefined) return WRONG;
  if (others.length > 0) return { outcome: 'ambiguous' };
  const counter = start + codes.length - 1;
  return { outcome: 'accepted', counter, driftSteps: driftAt(counter) };
}
