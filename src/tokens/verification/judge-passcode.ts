import type { KeyRing } from '../../core/crypto/key-ring.js';
import type { KeyedDigest, PlainSecret } from '../../core/crypto/secret-types.js';
import type { PasscodeJudgement, PasscodeKind } from '../token-kind.js';
import type { TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import type { CountedAttempt } from './attempt-shapes.js';
import { inHistory } from './passcode-history.js';
import { withoutPin } from './typed-pin.js';

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
  const { at, rules, asked } = attempt;
  const { authenticator } = kind;
  const { code, open } = withoutPin(keyRing, token, { ...attempt, authenticator, length: kind.passcodeLength(token) });
  const { digest: passcode, used } = inHistory(keyRing, token, code);
  const judged = kind.judge(token, code, at, rules, asked);
  const judgement: PasscodeJudgement = used && judged.kind === 'match' ? { kind: 'replayed' } : judged;
  return { token, judgement: open ? judgement : { kind: 'wrong' }, passcode };
}
