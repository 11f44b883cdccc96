import type { Clock } from '../time/clock.js';

/** Seconds after which a submission that never came back no longer keeps others out. */
const CLAIM_SECONDS = 60;

/** The moment of a step, and the one before which a claim that never came back counts no more. */
export interface StepTimes {
  readonly now: Date;
  readonly staleBefore: Date;
}

export function stepTimes(clock: Clock): StepTimes {
  return { now: clock.now(), staleBefore: clock.in(-CLAIM_SECONDS) };
}
