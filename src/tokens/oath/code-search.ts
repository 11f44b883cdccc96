import { hotpValue, type OathDigits } from './hotp.js';
import type { OathKey } from './oath-key.js';

/** Codes of one token that are searched. */
export interface CodeSpace {
  readonly key: OathKey;
  readonly digits: OathDigits;
}

/**
 * Every counter from `first` to `last` whose code shows `value`. All of them are computed and compared without a branch
 * on the outcome, so that the time tells neither whether nor where one was right. Counters below 0 do not exist.
 */
export function countersShowing({ key, digits }: CodeSpace, value: number, first: number, last: number): number[] {
  const from = Math.max(first, 0);
  const differences = new Int32Array(Math.max(last - from + 1, 0));
  for (let i = 0; i < differences.length; i++) differences[i] = hotpValue(key, from + i, digits) ^ value;
  const found: number[] = [];
  differences.forEach((difference, i) => {
    if (difference === 0) found.push(from + i);
  });
  return found;
}

/** The one of `counters` that lies nearest to `expected`; the earlier one of two. */
export function nearest(counters: readonly number[], expected: number): number | undefined {
  let best: number | undefined;
  for (const counter of counters) {
    if (best === undefined || Math.abs(counter - expected) < Math.abs(best - expected)) best = counter;
  }
  return best;
}
