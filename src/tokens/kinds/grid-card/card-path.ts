import { equalSecrets } from '../../../core/crypto/equal-secrets.js';
import type { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { type Grid, gridFromText } from '../../grid/grid.js';
import { walkedPaths } from '../../grid/walked-paths.js';
import type { TokenAdvance } from '../../token-kind.js';
import type { TokenRules } from '../../token-rules.js';
import { pinCodePurpose, TOKEN_SECRET } from '../../token-secrets.js';
import type { UsableToken } from '../../usable-token.js';

/** Whether a secret path protects a card: the PIN of its assignment (authentication methods, section 6.6). */
export function hasPath({ pinDigest }: Pick<UsableToken, 'pinDigest'>): boolean {
  return pinDigest !== null;
}

/** The cells of a card. */
export function cardGrid(keyRing: KeyRing, { secretSealed }: UsableToken): Grid {
  if (!secretSealed) throw new Error('a grid card has no grid');
  return gridFromText(keyRing.open(secretSealed, TOKEN_SECRET));
}

/**
 * Judges a passcode along the path of a card: each path that it can be read along is compared with the digest of the right
 * one. A use counts the card's counter up, so that of rivals with one passcode one wins (attack class 23).
 *
 * @returns undefined when it is wrong, and for a card without a path
 */
export function judgeCardPath(
  keyRing: KeyRing,
  token: UsableToken,
  typed: PlainSecret,
  rules: TokenRules | undefined,
): TokenAdvance | undefined {
  const { tokenId, counter, pinDigest } = token;
  const paths = walkedPaths(cardGrid(keyRing, token), typed, { wrap: rules?.gridWrap ?? false });
  const right = [...paths]
    .flatMap((path) => keyRing.digests(path, pinCodePurpose(tokenId)))
    .map((digest) => equalSecrets(digest, pinDigest))
    .includes(true);
  return right ? { counter: (counter ?? -1) + 1 } : undefined;
}
