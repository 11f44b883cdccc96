import type { KeyRing } from '../../core/crypto/key-ring.js';
import type { KeyedDigest, PlainSecret } from '../../core/crypto/secret-types.js';
import { historyPurpose } from '../token-secrets.js';
import type { UsableToken } from '../usable-token.js';

/** A passcode beside those that a token was accepted with last (authentication methods, section 6.1). */
export interface PasscodeInHistory {
  /** For the token's history, under the key that digests now. */
  readonly digest: KeyedDigest;
  /** Whether it is one of them, under whichever key. */
  readonly used: boolean;
}

/** @param kept entries of the history that count, the latest first; all that are kept when absent */
export function inHistory(
  keyRing: KeyRing,
  { tokenId, passcodeHistory }: UsableToken,
  passcode: PlainSecret,
  kept?: number,
): PasscodeInHistory {
  const [digest, ...older] = keyRing.digests(passcode, historyPurpose(tokenId)) as [KeyedDigest, ...KeyedDigest[]];
  const last = kept === undefined ? passcodeHistory : passcodeHistory.slice(0, kept);
  return { digest, used: [digest, ...older].some((known) => last.includes(known)) };
}
