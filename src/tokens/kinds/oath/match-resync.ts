import type { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { type JudgedToken, pendingAsUsable } from '../../enrolment/pending-as-usable.js';
import { resyncHotp } from '../../oath/match-hotp.js';
import { resyncTotp, type TotpPosition } from '../../oath/match-totp.js';
import type { ResyncMatch } from '../../oath/otp-match.js';
import type { TokenRules } from '../../token-rules.js';
import { oathState, position } from './oath-token.js';

const DEFAULT_PERIOD = 30;

/** Where a stored TOTP token stands, its seed opened. */
export function totpPosition(held: JudgedToken, keyRing: KeyRing, at: Date): TotpPosition {
  const { period = DEFAULT_PERIOD } = oathState(held.token.state);
  return { ...position(pendingAsUsable(held), keyRing, at), period, driftSteps: held.token.drift };
}

/** Where two or three consecutive codes of a stored TOTP or HOTP token stand (authentication methods, section 6.2). */
export function matchResync(
  held: JudgedToken,
  codes: readonly PlainSecret[],
  { rules, keyRing, at }: { readonly rules: TokenRules; readonly keyRing: KeyRing; readonly at: Date },
): ResyncMatch {
  return held.token.kind === 'HOTP'
    ? resyncHotp(position(pendingAsUsable(held), keyRing, at), codes, rules.event)
    : resyncTotp(totpPosition(held, keyRing, at), codes, at, rules.time);
}
