import { candidateSuccessor } from './candidate-successor.js';
import { countersShowing, nearest } from './code-search.js';
import { matchSequence } from './match-sequence.js';
import { NONE_USED, type OtpMatch, REPLAYED, type ResyncMatch, type TokenPosition, WRONG } from './otp-match.js';
import type { SyncWindows } from './sync-windows.js';
import { readTypedCode } from './typed-code.js';

/** A time-based token as it is stored. */
export interface TotpPosition extends TokenPosition {
  /** Length of a time step in seconds. */
  readonly period: number;
  /** Whole steps by which the token was ahead of the clock when it was used last. */
  readonly driftSteps: number;
}

/** The time step at an instant (RFC 6238 section 4.2, T0 = 0). Drift is added to it, never to the seconds. */
export function timeStep(at: Date, period: number): number {
  return Math.floor(at.getTime() / 1000 / period);
}

/**
 * Judges a typed code against the steps around the one that is expected (RFC 6238 section 5.2; windows as in
 * authentication methods, section 6.2). Drift stays whole, so that what is stored is what was compared.
 */
export function matchTotp(token: TotpPosition, typed: string, at: Date, windows: SyncWindows): OtpMatch {
  const value = readTypedCode(typed, token.digits);
  if (value === undefined) return WRONG;
  const step = timeStep(at, token.period);
  const expected = step + token.driftSteps;
  const last = token.lastCounter ?? NONE_USED;
  const successor = candidateSuccessor(token, value);
  const near = countersShowing(token, value, expected - windows.auto, expected + windows.auto);
  // A code that was right at a passed step stays refused, even where a later step happens to show the same.
  if (near.some((counter) => counter <= last)) return REPLAYED;
  const counter = successor ?? nearest(near, expected);
  if (counter !== undefined) return { outcome: 'accepted', counter, driftSteps: counter - step };

  // Computed only now: sixty codes more, and the answer tells anyway that none of the near ones was right.
  const far = countersShowing(token, value, expected - windows.check, expected + windows.check);
  if (far.some((found) => found <= last)) return REPLAYED;
  const candidate = nearest(far, expected);
  return candidate === undefined ? WRONG : { outcome: 'out-of-sync', counter: candidate };
}

/** Finds a token again by two or three consecutive codes within the manual window. */
export function resyncTotp(
  token: TotpPosition,
  codes: readonly string[],
  at: Date,
  { manual }: Pick<SyncWindows, 'manual'>,
): ResyncMatch {
  const step = timeStep(at, token.period);
  const expected = step + token.driftSteps;
  const first = Math.max(expected - manual, (token.lastCounter ?? NONE_USED) + 1);
  return matchSequence(token, codes, { first, last: expected + manual }, (counter) => counter - step);
}

/**
 * Finds a token again by the one code that it shows now, for an administrator who has nothing more (manager-json-rpc
 * section 12, `OpenOTP.TOTP_Resync`). Two codes are worth far more: one is shown by chance at one of 241 steps with 2.4 in
 * 10^4. A code that stands at several steps is ambiguous; the next one will do.
 */
export function resyncTotpByOne(
  token: TotpPosition,
  code: string,
  at: Date,
  { manual }: Pick<SyncWindows, 'manual'>,
): ResyncMatch {
  const value = readTypedCode(code, token.digits);
  if (value === undefined) return WRONG;
  const step = timeStep(at, token.period);
  const expected = step + token.driftSteps;
  const first = Math.max(expected - manual, (token.lastCounter ?? NONE_USED) + 1);
  const [counter, ...others] = countersShowing(token, value, first, expected + manual);
  if (counter === undefined) return WRONG;
  return others.length > 0 ? { outcome: 'ambiguous' } : { outcome: 'accepted', counter, driftSteps: counter - step };
}
