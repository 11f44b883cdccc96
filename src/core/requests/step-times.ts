import type { Clock } from '../time/clock.js';

/** Seconds after which a submission that never came back no longer keeps others out. */
const CLAIM_SECONDS = 60;

/** Seconds after which nobody waits any longer to learn what became of it; see `InterruptedSubmissions`. */
const CLAIM_LOST_SECONDS = 86_400;

/**
 * The moment of a step, the one before which a claim that never came back keeps nobody out any more, and the one before
 * which it counts no more at all.
 */
export interface StepTimes {
  readonly now: Date;
  readonly staleBefore: Date;
  readonly lostBefore: Date;
}

export function stepTimes(clock: Clock): StepTimes {
  return { now: clock.now(), staleBefore: clock.in(-CLAIM_SECONDS), lostBefore: clock.in(-CLAIM_LOST_SECONDS) };
}
