import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { PasscodeJudgement, PasscodeKind } from '../../token-kind.js';
import { pinCodePurpose } from '../../token-secrets.js';
import type { UsableToken } from '../../usable-token.js';

export const SHORTEST_PIN = 4;
export const LONGEST_PIN = 64;
const PIN = /^[A-Za-z0-9]{4,64}$/;

/** Whether a text can be a PIN code: 4 to 64 ASCII letters and digits (manager-json-rpc section 10.1). */
export function isPinCode(text: string): boolean {
  return PIN.test(text);
}

/** PIN codes by themselves; in front of one-time passwords `judgePasscode` looks at them. Upper and lower case differ. */
@Injectable()
export class PinCode implements PasscodeKind {
  readonly name = 'PINCode';
  readonly authenticator = 'PIN';

  constructor(private readonly keyRing: KeyRing) {}

  /** Nothing stands in front of a PIN. */
  passcodeLength(): number {
    return LONGEST_PIN;
  }

  judge({ tokenId, secretDigest }: UsableToken, typed: PlainSecret): PasscodeJudgement {
    if (!isPinCode(typed)) return { kind: 'wrong' };
    const right = this.keyRing
      .digests(typed, pinCodePurpose(tokenId))
      .map((digest) => equalSecrets(digest, secretDigest))
      .includes(true);
    return right ? { kind: 'match', advance: {} } : { kind: 'wrong' };
  }
}
