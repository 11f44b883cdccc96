import type { SecretPurpose } from '../core/crypto/key-ring.js';

/** Seeds and private keys of tokens, sealed. */
export const TOKEN_SECRET: SecretPurpose = 'token-secret';

/** Passcodes accepted last. Bound to the token, so that equal passcodes of two tokens have nothing in common at rest. */
export function historyPurpose(tokenId: string): SecretPurpose {
  return `passcode-history ${tokenId}`;
}

/** PIN codes; the digest of one token is worth nothing on another. */
export function pinCodePurpose(tokenId: string): SecretPurpose {
  return `pin-code ${tokenId}`;
}

/** Entries of lists, emergency codes and answers. */
export function tokenCodePurpose(tokenId: string): SecretPurpose {
  return `token-code ${tokenId}`;
}

/** Application passwords. Bound to the person and not to the token, so that the one shown is found among many. */
export function appKeyPurpose(accountId: string): SecretPurpose {
  return `app-key ${accountId}`;
}

/** Answers to challenges that are known beforehand, such as passcodes sent. */
export function answerPurpose(challengeId: string): SecretPurpose {
  return `challenge-answer ${challengeId}`;
}
