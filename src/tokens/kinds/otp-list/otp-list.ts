import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import { countersShowing } from '../../oath/code-search.js';
import { readTypedCode } from '../../oath/typed-code.js';
import type { PasscodeJudgement, PasscodeKind } from '../../token-kind.js';
import { tokenCodePurpose } from '../../token-secrets.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { position } from '../oath/oath-token.js';
import { LIST_DIGITS, listEntryText, type ListState, listState } from './otp-list-codes.js';

/** Numbers from `first` to `last`. */
interface Range {
  readonly first: number;
  readonly last: number;
}

const WRONG = { kind: 'wrong' } as const;
const NUMBER = /^[1-9]\d{0,3}$/;

/**
 * Numbered lists of one-time passwords, look-up secrets of NIST SP 800-63B section 5.1.2: each is used once.
 *
 * In order, the next one is right, or one a little further on (the look-ahead of event-based tokens), and all before it
 * are passed. By number, only the one that the challenge has asked for is right.
 */
@Injectable()
export class OtpList implements PasscodeKind {
  readonly name = 'OTPList';
  readonly authenticator = 'OTP';

  constructor(private readonly keyRing: KeyRing) {}

  passcodeLength(): number {
    return LIST_DIGITS;
  }

  judge(token: UsableToken, typed: PlainSecret, at: Date, rules: TokenRules, asked?: string): PasscodeJudgement {
    const value = readTypedCode(typed, LIST_DIGITS);
    const list = listState(token.state);
    const wanted = wantedNumbers(list, token.counter ?? 0, rules.event.auto, asked);
    if (value === undefined || !wanted) return WRONG;
    const space = position(token, this.keyRing, at);
    const [number] = countersShowing(space, value, wanted.first, wanted.last);
    if (number === undefined) {
      const passed = countersShowing(space, value, Math.max(wanted.first - rules.event.check, 1), wanted.first - 1);
      return passed.length > 0 && list.order === 'IN_ORDER' ? { kind: 'replayed' } : WRONG;
    }
    return {
      kind: 'look-up',
      digests: this.keyRing.digests(plainSecret(listEntryText(number, typed)), tokenCodePurpose(token.tokenId)),
      ...(list.order === 'IN_ORDER' && { advance: { counter: number } }),
    };
  }
}

function wantedNumbers(
  { order, size }: ListState,
  lastUsed: number,
  lookAhead: number,
  asked: string | undefined,
): Range | undefined {
  if (asked !== undefined) {
    if (!NUMBER.test(asked)) return undefined;
    const number = Number(asked);
    return number <= size ? { first: number, last: number } : undefined;
  }
  return order === 'IN_ORDER' ? { first: lastUsed + 1, last: Math.min(lastUsed + lookAhead, size) } : undefined;
}
