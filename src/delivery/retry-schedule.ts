import type { RandomSource } from '../core/crypto/random-source.js';

/** Longest wait between two attempts, in seconds. */
const LONGEST_WAIT = 3_600;
/** Each wait is moved by at most this share in either direction, so that many messages do not come back at once. */
const JITTER = 0.25;
const STEPS = 1_000;

/** When to stop trying; see the settings of the same names. */
export interface RetryLimits {
  readonly firstSeconds: number;
  readonly attempts: number;
  readonly hours: number;
  /** Seconds of each wait, in place of the back-off. */
  readonly waits?: readonly number[] | undefined;
}

/**
 * The moment of the next attempt: exponential back-off with jitter, or the waits that are laid down.
 *
 * @returns undefined when the message has been tried often or long enough
 */
export function nextAttempt(
  message: { readonly attempts: number; readonly createdAt: Date },
  limits: RetryLimits,
  now: Date,
  random: RandomSource,
): Date | undefined {
  if (message.attempts >= limits.attempts) return undefined;
  if (limits.waits) return later(now, limits.waits[message.attempts - 1]);
  const wait = Math.min(LONGEST_WAIT, limits.firstSeconds * 2 ** (message.attempts - 1));
  const jitter = 1 - JITTER + (2 * JITTER * random.below(STEPS + 1)) / STEPS;
  const at = new Date(now.getTime() + Math.round(wait * jitter * 1000));
  const giveUpAt = message.createdAt.getTime() + limits.hours * 3_600_000;
  return at.getTime() <= giveUpAt ? at : undefined;
}

function later(now: Date, seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : new Date(now.getTime() + seconds * 1_000);
}
