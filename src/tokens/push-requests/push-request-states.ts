/**
 * How a request to a push device stands. It leaves `open` once, by one guarded statement, and never changes again.
 *
 * - `approved`, `denied`: the person's signed answer;
 * - `mismatched`: they approved with another number than the one that was shown to whoever signs in;
 * - `superseded`: a newer request of the same person took its place;
 * - `withdrawn`: whoever asked does not wait any more;
 * - `expired`: nobody answered in time.
 */
export const PUSH_REQUEST_STATES = [
  'open',
  'approved',
  'denied',
  'mismatched',
  'superseded',
  'withdrawn',
  'expired',
] as const;
export type PushRequestState = (typeof PUSH_REQUEST_STATES)[number];

/** What whoever asked is told (authentication methods, codes 0, 380 and 381). */
export type PushOutcome = 'approved' | 'denied' | 'no-answer';

/** How a request that is over ended for whoever asked. A wrong number is nobody's approval. */
export const OUTCOME_OF: Readonly<Record<Exclude<PushRequestState, 'open'>, PushOutcome>> = {
  approved: 'approved',
  denied: 'denied',
  mismatched: 'denied',
  superseded: 'no-answer',
  withdrawn: 'no-answer',
  expired: 'no-answer',
};
