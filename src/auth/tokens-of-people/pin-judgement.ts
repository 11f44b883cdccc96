import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import type { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { canonicalPath } from '../../tokens/grid/path-pin.js';
import type { Authenticator } from '../../tokens/token-kinds.js';
import { pinCodePurpose, TOKEN_SECRET } from '../../tokens/token-secrets.js';
import type { HeldToken } from '../../tokens/token-store.js';

/** Never a PIN: stands where there is none, so that comparing goes the same way. */
const NO_PIN = plainSecret('\0');

/**
 * What wrong PINs are counted for. The path of a grid on screen is all that its person has to know, so they count as wrong
 * passcodes do; the others know a PIN besides, and their own counter leaves that of the passcodes alone.
 */
export function countedFor({ token }: HeldToken): Authenticator {
  return token.kind === 'GridGo' ? 'GRIDGO' : 'PIN';
}

/**
 * Whether a text is the PIN of an assignment (authentication methods, section 4.20). Of a PIN code it is the code itself,
 * of a grid on screen the secret path, of a grid card a path where the assignment has one; paths are compared in their
 * canonical form. Nothing is right where there is no PIN.
 */
export function isRightPin(keyRing: KeyRing, { token, assignment }: HeldToken, typed: PlainSecret): boolean {
  switch (token.kind) {
    case 'GridGo': {
      const path = token.secretSealed === null ? undefined : keyRing.open(token.secretSealed, TOKEN_SECRET);
      return equalSecrets(canonicalPath(typed) ?? NO_PIN, path && canonicalPath(path));
    }
    case 'GridCard':
      return hasDigest(keyRing, token.id, canonicalPath(typed) ?? NO_PIN, assignment.pinDigest);
    case 'PINCode':
      return hasDigest(keyRing, token.id, typed, token.secretDigest);
    default:
      return hasDigest(keyRing, token.id, typed, assignment.pinDigest);
  }
}

function hasDigest(keyRing: KeyRing, tokenId: string, typed: PlainSecret, stored: string | null): boolean {
  return keyRing
    .digests(typed, pinCodePurpose(tokenId))
    .map((digest) => equalSecrets(digest, stored))
    .includes(true);
}
