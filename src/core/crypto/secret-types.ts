/** A value that must never reach a log, an audit row, a URL or an answer other than the one made for it. */
export type PlainSecret = string & { readonly __plain: unique symbol };

/** AES-256-GCM cipher text under a key of the ring: `keyId.nonce.tag.text`, each part base64url. Safe at rest. */
export type Sealed = string & { readonly __sealed: unique symbol };

/** HMAC-SHA-256 of a secret under a key of the ring: `keyId.hex`. Safe at rest, useless without the ring. */
export type KeyedDigest = string & { readonly __digest: unique symbol };

/** An argon2id hash in PHC string format. */
export type PasswordHash = string & { readonly __passwordHash: unique symbol };

/** Marks a string as a secret. The only way in, so that a search for it finds every place where one is made. */
export function plainSecret(value: string): PlainSecret {
  return value as PlainSecret;
}
