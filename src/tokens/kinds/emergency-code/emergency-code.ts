import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import type { PasscodeJudgement, PasscodeKind } from '../../token-kind.js';
import { tokenCodePurpose } from '../../token-secrets.js';
import type { UsableToken } from '../../usable-token.js';

/** 32 symbols, of which none is taken for another (authentication methods, section 6.6). */
export const EMERGENCY_SYMBOLS = '0123456789abcdefghjkmnprstuvwxyz';
/** 10 symbols are 50 bit (section 6.12). */
export const EMERGENCY_LENGTH = 10;

/** Nothing longer is looked at. */
const LONGEST_TYPED = 200;
const CODE = /^[0-9a-z]{6,64}$/;

/**
 * The one spelling that is digested, or undefined for what cannot be a code: blanks and hyphens, with which codes are
 * read out in groups, go, upper case is lower case, and the letters that no code of ours has are the digits they look like.
 */
export function canonicalEmergencyCode(typed: string): PlainSecret | undefined {
  if (typed.length > LONGEST_TYPED) return undefined;
  const text = typed.replace(/[ -]/g, '').toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
  return CODE.test(text) ? plainSecret(text) : undefined;
}

/** Emergency codes (section 6.12): one token each, so that each has its own end and its own number of uses. */
@Injectable()
export class EmergencyCode implements PasscodeKind {
  readonly name = 'EmergencyCode';
  readonly authenticator = 'EMCODE';

  constructor(private readonly keyRing: KeyRing) {}

  passcodeLength(): number {
    return EMERGENCY_LENGTH;
  }

  judge({ tokenId, secretDigest }: UsableToken, typed: PlainSecret): PasscodeJudgement {
    const code = canonicalEmergencyCode(typed);
    if (code === undefined) return { kind: 'wrong' };
    const right = this.keyRing
      .digests(code, tokenCodePurpose(tokenId))
      .map((digest) => equalSecrets(digest, secretDigest))
      .includes(true);
    return right ? { kind: 'match', advance: {} } : { kind: 'wrong' };
  }
}
