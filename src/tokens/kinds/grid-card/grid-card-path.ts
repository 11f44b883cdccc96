import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { PasscodeJudgement, PasscodeKind } from '../../token-kind.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { hasPath, judgeCardPath } from './card-path.js';

/** Symbols of the longest passcode. */
const LONGEST = 33;

/**
 * Printed cards that a secret path protects: a passcode is the symbol of a cell that the person chooses, and one for each
 * move of the path from there (authentication methods, section 6.6). Nothing is asked for.
 */
@Injectable()
export class GridCardPath implements PasscodeKind {
  readonly name = 'GridCard';
  readonly authenticator = 'GRID';

  constructor(private readonly keyRing: KeyRing) {}

  /** Nothing stands in front of it. */
  passcodeLength(): number {
    return LONGEST;
  }

  judge(token: UsableToken, typed: PlainSecret, _at: Date, rules: TokenRules): PasscodeJudgement {
    const advance = hasPath(token) ? judgeCardPath(this.keyRing, token, typed, rules) : undefined;
    return advance ? { kind: 'match', advance } : { kind: 'wrong' };
  }
}
