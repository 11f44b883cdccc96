import type { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret, type Sealed } from '../../core/crypto/secret-types.js';
import type { ResetOutcome } from '../password-reset-pages.js';

const PURPOSE = 'password-reset outcome';

/** The outcome as the browser may keep it. */
export function sealOutcome(keyRing: KeyRing, { domainName, stillLocked }: ResetOutcome): string {
  return keyRing.seal(plainSecret(JSON.stringify({ domainName, stillLocked })), PURPOSE);
}

/** The outcome as we sealed it; undefined for anything else. */
export function openOutcome(keyRing: KeyRing, sealed: string): ResetOutcome | undefined {
  try {
    return JSON.parse(keyRing.open(sealed as Sealed, PURPOSE)) as ResetOutcome;
  } catch {
    return undefined;
  }
}
