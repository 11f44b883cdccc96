import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import type { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { pinCodePurpose } from '../token-secrets.js';
import type { Authenticator } from '../token-kinds.js';
import type { TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import type { CountedAttempt } from './attempt-shapes.js';

/** A passcode as it came, and what goes with it. */
export interface TypedWithPin {
  readonly typed: PlainSecret;
  /** The PIN, where the caller has a place of its own for it, and null when that was left empty; absent without one. */
  readonly shownPin: PlainSecret | null | undefined;
  /** Characters of the passcode, so that a PIN in front of it can be told apart. */
  readonly length: number;
  readonly authenticator: Authenticator;
  /** For the token's product. */
  readonly rules: TokenRules;
  /** The person's PIN code, where there is one. */
  readonly pin: CountedAttempt['pin'];
}

/** A passcode without its PIN. */
export interface WithoutPin {
  readonly code: PlainSecret;
  /** Whether the PIN was right, or none was wanted and none given. */
  readonly open: boolean;
}

/**
 * Takes a passcode and its PIN apart (authentication methods, section 6.3): in front of it, or beside it where the rules
 * say so. The code has to be judged whatever becomes of the PIN, so that nobody finds that out by itself.
 */
export function withoutPin(keyRing: KeyRing, token: UsableToken, attempt: TypedWithPin): WithoutPin {
  const { typed, shownPin, length, rules } = attempt;
  const pin = wantedPin(token, attempt);
  // Where there is a field for it, it counts in the field only, if the policy says so.
  const inFront = pin !== undefined && (shownPin === undefined || (shownPin === null && !rules.pinSeparate));
  const split = inFront ? Math.max(typed.length - length, 0) : 0;
  const shown = inFront ? plainSecret(typed.slice(0, split)) : (shownPin ?? undefined);
  return {
    code: plainSecret(typed.slice(split)),
    open: pin ? rightPin(keyRing, shown ?? plainSecret(''), pin) : shown === undefined,
  };
}

/** The PIN of the assignment, or else that of the person, where the rules want one. */
function wantedPin(token: UsableToken, { authenticator, rules, pin }: TypedWithPin): CountedAttempt['pin'] {
  // The setting speaks of one-time passwords: an emergency code is for who has forgotten everything else.
  if (!rules.pinPrefix || authenticator !== 'OTP') return undefined;
  return token.pinDigest === null ? pin : { tokenId: token.tokenId, digest: token.pinDigest };
}

function rightPin(keyRing: KeyRing, typed: PlainSecret, pin: NonNullable<CountedAttempt['pin']>): boolean {
  return keyRing
    .digests(typed, pinCodePurpose(pin.tokenId))
    .map((digest) => equalSecrets(digest, pin.digest))
    .includes(true);
}
