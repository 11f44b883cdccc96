import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import type { KeyRing } from '../../core/crypto/key-ring.js';
import { type KeyedDigest, plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { PasscodeJudgement, PasscodeKind } from '../token-kind.js';
import { pinCodePurpose } from '../token-secrets.js';
import type { TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import type { CountedAttempt } from './attempt-shapes.js';
import { inHistory } from './passcode-history.js';

/** A token that was tried, and what came of it. */
export interface JudgedToken {
  readonly token: UsableToken;
  readonly judgement: PasscodeJudgement;
  /** Digest of the passcode for the token's history. */
  readonly passcode: KeyedDigest;
}

interface Attempt {
  readonly typed: PlainSecret;
  /** As {@link PasscodeAttempt.shownPin}. */
  readonly shownPin: PlainSecret | null | undefined;
  readonly at: Date;
  readonly rules: TokenRules;
  readonly pin: CountedAttempt['pin'];
  readonly asked: string | undefined;
}

/**
 * Judges what was typed against one token: the PIN in front of it or beside it where the rules want one, the passcodes
 * accepted last, then the kind. A wrong PIN costs as much work as a right one, so that nobody finds it out by itself.
 */
export function judgePasscode(keyRing: KeyRing, kind: PasscodeKind, token: UsableToken, attempt: Attempt): JudgedToken {
  const { typed, shownPin, at, rules, asked } = attempt;
  const pin = wantedPin(kind, token, attempt);
  // Where there is a field for it, it counts in the field only, if the policy says so.
  const inFront = pin !== undefined && (shownPin === undefined || (shownPin === null && !rules.pinSeparate));
  const split = inFront ? Math.max(typed.length - kind.passcodeLength(token), 0) : 0;
  const code = plainSecret(typed.slice(split));
  const { digest: passcode, used } = inHistory(keyRing, token, code);
  const judged = kind.judge(token, code, at, rules, asked);
  const judgement: PasscodeJudgement = used && judged.kind === 'match' ? { kind: 'replayed' } : judged;
  const shown = inFront ? plainSecret(typed.slice(0, split)) : (shownPin ?? undefined);
  const open = pin ? rightPin(keyRing, shown ?? plainSecret(''), pin) : shown === undefined;
  return { token, judgement: open ? judgement : { kind: 'wrong' }, passcode };
}

/** The PIN of the assignment, or else that of the person, where the rules want one. */
function wantedPin(
  { authenticator }: PasscodeKind,
  token: UsableToken,
  { rules, pin }: Attempt,
): CountedAttempt['pin'] {
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
