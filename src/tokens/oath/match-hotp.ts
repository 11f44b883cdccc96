import { candidateSuccessor } from './candidate-successor.js';
import { countersShowing } from './code-search.js';
import { matchSequence } from './match-sequence.js';
import { NONE_USED, type OtpMatch, REPLAYED, type ResyncMatch, type TokenPosition, WRONG } from './otp-match.js';
import type { SyncWindows } from './sync-windows.js';
import { readTypedCode } from './typed-code.js';

/**
 * Judges a typed code of an event-based token against the counters after the last one (RFC 4226 section 7.4; windows as
 * in authentication methods, section 6.2). Nothing behind the last counter is ever accepted; as many counters there as
 * the check window is wide are looked at, to tell a code shown again from a wrong one.
 */
export function matchHotp(token: TokenPosition, typed: string, windows: SyncWindows): OtpMatch {
  const value = readTypedCode(typed, token.digits);
  if (value === undefined) return WRONG;
  const last = token.lastCounter ?? NONE_USED;
  const successor = candidateSuccessor(token, value);
  const passed = countersShowing(token, value, last - windows.auto + 1, last);
  const [near] = countersShowing(token, value, last + 1, last + windows.auto);
  if (passed.length > 0) return REPLAYED;
  const counter = successor ?? near;
  if (counter !== undefined) return { outcome: 'accepted', counter, driftSteps: 0 };

  const longPassed = countersShowing(token, value, last - windows.check + 1, last - windows.auto);
  const [candidate] = countersShowing(token, value, last + windows.auto + 1, last + windows.check);
  if (longPassed.length > 0) return REPLAYED;
  return candidate === undefined ? WRONG : { outcome: 'out-of-sync', counter: candidate };
}

/** Finds an event-based token again by two or three consecutive codes within the manual look-ahead. */
export function resyncHotp(
  token: TokenPosition,
  codes: readonly string[],
  { manual }: Pick<SyncWindows, 'manual'>,
): ResyncMatch {
  const last = token.lastCounter ?? NONE_USED;
  return matchSequence(token, codes, { first: last + 1, last: last + manual }, () => 0);
}
