import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import type { KeyRing } from '../../core/crypto/key-ring.js';
import { type KeyedDigest, plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { PasscodeJudgement, PasscodeKind } from '../token-kind.js';
import { historyPurpose, pinCodePurpose } from '../token-secrets.js';
import type { TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import type { CountedAttempt } from './attempt-shapes.js';

/** A token that was tried, and what came of it. */
export interface JudgedToken {
  readonly token: UsableToken;
  readonly judgement: PasscodeJudgement;
  /** Digest of the passcode for the token's history. */
  readonly passcode: KeyedDigest;
}

interface Attempt {
  readonly typed: PlainSecret;
  readonly at: Date;
  readonly rules: TokenRules;
  readonly pin: CountedAttempt['pin'];
  readonly asked: string | undefined;
}

/**
 * Judges what was typed against one token: the PIN in front of it where the rules want one, the passcodes accepted
 * last, then the kind. A wrong PIN costs as much work as a right one, so that nobody finds it out by itself.
 */
export function judgePasscode(
  keyRing: KeyRing,
  kind: PasscodeKind,
  token: UsableToken,
  { typed, at, rules, pin, asked }: Attempt,
): JudgedToken {
  // The setting speaks of one-time passwords: an emergency code is for who has forgotten everything else.
  const prefix = rules.pinPrefix && kind.authenticator === 'OTP' ? pin : undefined;
  const split = prefix ? Math.max(typed.length - kind.passcodeLength(token), 0) : 0;
  const code = plainSecret(typed.slice(split));
  const [passcode, ...older] = keyRing.digests(code, historyPurpose(token.tokenId)) as [KeyedDigest, ...KeyedDigest[]];
  const judged = kind.judge(token, code, at, rules, asked);
  const known = [passcode, ...older].some((digest) => token.passcodeHistory.includes(digest));
  const judgement: PasscodeJudgement = known && judged.kind === 'match' ? { kind: 'replayed' } : judged;
  const open = !prefix || rightPin(keyRing, plainSecret(typed.slice(0, split)), prefix);
  return { token, judgement: open ? judgement : { kind: 'wrong' }, passcode };
}

function rightPin(keyRing: KeyRing, typed: PlainSecret, pin: NonNullable<CountedAttempt['pin']>): boolean {
  return keyRing
    .digests(typed, pinCodePurpose(pin.tokenId))
    .map((digest) => equalSecrets(digest, pin.digest))
    .includes(true);
}
