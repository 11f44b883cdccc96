import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { PasscodeJudgement, PasscodeKind } from '../../token-kind.js';
import type { UsableToken } from '../../usable-token.js';
import { matchYubikey } from '../../yubikey/match-yubikey.js';
import { openYubikeySecret, YUBIKEY_BLOCK_CHARACTERS } from './yubikey-secret.js';

/** Yubikey OTPs in AES mode, checked with a key that we hold ourselves (Yubico, "YubiKey OTP"). */
@Injectable()
export class Yubikey implements PasscodeKind {
  readonly name = 'Yubikey';
  readonly authenticator = 'OTP';

  constructor(private readonly keyRing: KeyRing) {}

  passcodeLength(token: UsableToken): number {
    return publicId(token).length + YUBIKEY_BLOCK_CHARACTERS;
  }

  judge(token: UsableToken, typed: PlainSecret): PasscodeJudgement {
    if (!token.secretSealed) throw new Error('a Yubikey has no key');
    const { key, privateId } = openYubikeySecret(this.keyRing, token.secretSealed);
    const match = matchYubikey({ key, privateId, publicId: publicId(token), lastCounter: token.counter }, typed);
    return match.outcome === 'accepted'
      ? { kind: 'match', advance: { counter: match.counter } }
      : { kind: match.outcome };
  }
}

function publicId({ state }: UsableToken): string {
  const id = state['publicId'];
  if (typeof id !== 'string') throw new Error('the stored state of a Yubikey lacks its public id');
  return id;
}
