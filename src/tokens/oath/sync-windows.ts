/**
 * Nested windows around the moving factor that is expected (authentication methods, section 6.2). In steps, to both
 * sides, for time-based tokens; in look-ahead from the last counter for event-based ones (RFC 4226 section 7.4).
 */
export interface SyncWindows {
  /** Accepted, and the drift followed silently. */
  readonly auto: number;
  /** Out of sync: nothing is accepted, the next code in sequence is asked for. */
  readonly check: number;
  /** Searched by a resynchronisation with two or three codes. */
  readonly manual: number;
}

/** Guessing 6 digits succeeds with 5 in a million an attempt (RFC 6238 section 5.2 advises one step of delay). */
export const TIME_WINDOWS: SyncWindows = { auto: 2, check: 30, manual: 120 };

/** What fleets come with that are migrated from the vendor's server. */
export const VENDOR_TIME_WINDOWS: SyncWindows = { auto: 30, check: 60, manual: 120 };

/** Look-ahead of event-based tokens. */
export const EVENT_WINDOWS: SyncWindows = { auto: 5, check: 25, manual: 200 };
