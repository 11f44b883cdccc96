import type { CodeSpace } from './code-search.js';

/** Where a token stands, as it is stored. */
export interface TokenPosition extends CodeSpace {
  /** Last accepted counter or time step; null when none was. Only greater ones are accepted. */
  readonly lastCounter: number | null;
  /** Counter of an `out-of-sync` answer not long ago (10 minutes); its direct successor is accepted. */
  readonly candidate?: number | null;
}

/**
 * What a code is (authentication methods, sections 6.1 and 6.2). Whatever it is, a remembered candidate is over with it,
 * unless `out-of-sync` names the next one.
 *
 * - `accepted`: right. Store both, the counter by "advance if greater" only: two may come at once.
 * - `out-of-sync`: right, but outside the automatic window (code 301).
 * - `replayed`: shown at a counter that is used or passed (code 302).
 * - `wrong`: anything else (code 300), also what is no code by its form.
 */
export type OtpMatch =
  | {
      readonly outcome: 'accepted';
      readonly counter: number;
      /** Whole steps by which the token is ahead of the clock; 0 for event-based tokens. */
      readonly driftSteps: number;
    }
  | { readonly outcome: 'out-of-sync'; readonly counter: number }
  | { readonly outcome: 'replayed' }
  | { readonly outcome: 'wrong' };

/** What two or three consecutive codes are; `ambiguous` (code 310) wants one code more. */
export type ResyncMatch =
  | { readonly outcome: 'accepted'; readonly counter: number; readonly driftSteps: number }
  | { readonly outcome: 'ambiguous' }
  | { readonly outcome: 'wrong' };

export const WRONG = { outcome: 'wrong' } as const satisfies OtpMatch;
export const REPLAYED = { outcome: 'replayed' } as const satisfies OtpMatch;

/** Counters before the first. */
export const NONE_USED = -1;
