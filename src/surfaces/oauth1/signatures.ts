import { createHmac } from 'node:crypto';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { percentEncode } from './percent-encoding.js';

/** The two methods of the contract; a consumer of ours has no RSA key. */
export const SIGNATURE_METHODS = ['HMAC-SHA1', 'PLAINTEXT'] as const;
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** What a call is signed with. */
export interface SigningSecrets {
  readonly consumer: PlainSecret;
  /** Undefined for a call without token, which has none. */
  readonly token: PlainSecret | undefined;
}

const MAKERS: Readonly<Record<SignatureMethod, (key: PlainSecret, base: string) => string>> = {
  'HMAC-SHA1': (key, base) => createHmac('sha1', key).update(base).digest('base64'),
  PLAINTEXT: (key) => key,
};

export function isSignatureMethod(word: string): word is SignatureMethod {
  return (SIGNATURE_METHODS as readonly string[]).includes(word);
}

/** The signature of a base string (RFC 5849 sections 3.4.2 and 3.4.4). */
export function signatureOf(method: SignatureMethod, base: string, { consumer, token }: SigningSecrets): PlainSecret {
  const key = plainSecret(`${percentEncode(consumer)}&${percentEncode(token ?? '')}`);
  return plainSecret(MAKERS[method](key, base));
}

/** Whether a signature is right, compared in constant time. An empty secret signs nothing (attack class 60). */
export function isSignedWith(secrets: SigningSecrets, method: SignatureMethod, base: string, shown: string): boolean {
  if (secrets.consumer === '' || secrets.token === '') return false;
  return equalSecrets(signatureOf(method, base, secrets), shown);
}
