import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { matchHotp } from '../../oath/match-hotp.js';
import type { PasscodeJudgement, PasscodeKind } from '../../token-kind.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { judgement, oathState, position } from './oath-token.js';

/** Event-based one-time passwords (RFC 4226). */
@Injectable()
export class Hotp implements PasscodeKind {
  readonly name = 'HOTP';
  readonly authenticator = 'OTP';

  constructor(private readonly keyRing: KeyRing) {}

  passcodeLength(token: UsableToken): number {
    return oathState(token.state).digits;
  }

  judge(token: UsableToken, typed: PlainSecret, at: Date, rules: TokenRules): PasscodeJudgement {
    return judgement(matchHotp(position(token, this.keyRing, at), typed, rules.event));
  }
}
