import { createHash } from 'node:crypto';
import { type KeyedDigest, plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';

/** What codes are made of. Letters that are taken for others or for digits are left out. */
const ALPHABETS = {
  NUMERIC: '0123456789',
  ALPHABETIC: 'ABCDEFGHJKMNPQRSTUVWXYZ',
  BOTH: '0123456789ABCDEFGHJKMNPQRSTUVWXYZ',
} as const;

export interface CodeShape {
  readonly length: number;
  readonly charset: keyof typeof ALPHABETS;
}

/**
 * The code that a keyed digest stands for. Its 256 bit are taken as one number, so that every code is as likely as
 * any other to within 2^-190.
 */
export function codeText(digest: KeyedDigest, { length, charset }: CodeShape): PlainSecret {
  const alphabet = ALPHABETS[charset];
  const size = BigInt(alphabet.length);
  let rest = BigInt(`0x${digest.slice(digest.lastIndexOf('.') + 1)}`);
  let code = '';
  for (let place = 0; place < length; place++) {
    code += alphabet[Number(rest % size)];
    rest /= size;
  }
  return plainSecret(code);
}

/** `acHash` of a code: SHA-1 of its UTF-8 bytes as displayed, base64 (authentication methods, section 4.14). */
export function acHash(code: PlainSecret): PlainSecret {
  return plainSecret(createHash('sha1').update(code.toUpperCase(), 'utf8').digest('base64'));
}

const AC_HASH = /^[A-Za-z0-9+/]{27}=$/;

/** Whether a text can be an `acHash`: base64 of 20 bytes, padded. */
export function isAcHash(text: string): boolean {
  return AC_HASH.test(text) && Buffer.from(text, 'base64').toString('base64') === text;
}
