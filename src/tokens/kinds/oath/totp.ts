import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { matchTotp } from '../../oath/match-totp.js';
import type { PasscodeJudgement, PasscodeKind } from '../../token-kind.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { judgement, oathState, position } from './oath-token.js';

const DEFAULT_PERIOD = 30;

/** Time-based one-time passwords (RFC 6238). */
@Injectable()
export class Totp implements PasscodeKind {
  readonly name = 'TOTP';
  readonly authenticator = 'OTP';

  constructor(private readonly keyRing: KeyRing) {}

  passcodeLength(token: UsableToken): number {
    return oathState(token.state).digits;
  }

  judge(token: UsableToken, typed: PlainSecret, at: Date, rules: TokenRules): PasscodeJudgement {
    const { period = DEFAULT_PERIOD } = oathState(token.state);
    const here = { ...position(token, this.keyRing, at), period, driftSteps: token.drift };
    return judgement(matchTotp(here, typed, at, rules.time));
  }
}
