import { hash as digestOf } from 'node:crypto';
import type { OathHash } from './oath-hash.js';
import type { Seed } from './seed.js';

export { OATH_HASHES, type OathHash } from './oath-hash.js';

/** Names of the hashes in Node.js, and bytes of a block of each (RFC 2104 section 2). */
const HASHES: Readonly<Record<OathHash, { readonly name: string; readonly block: number }>> = {
  SHA1: { name: 'sha1', block: 64 },
  SHA256: { name: 'sha256', block: 64 },
  SHA512: { name: 'sha512', block: 128 },
};

const INNER = 0x36;
const OUTER = 0x5c;

/**
 * A seed made ready for many codes: the two padded keys of HMAC (RFC 2104 section 2). A window of steps is many very short
 * messages; two calls of a hash cost a third of what setting up an HMAC costs, even with a `KeyObject`.
 */
export interface OathKey {
  readonly hash: OathHash;
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

export function oathKey(seed: Seed, hash: OathHash): OathKey {
  const { name, block } = HASHES[hash];
  const key = seed.length > block ? digestOf(name, seed, 'buffer') : seed;
  const padded = (pad: number): Uint8Array => {
    const bytes = new Uint8Array(block).fill(pad);
    for (const [index, byte] of key.entries()) bytes[index] = byte ^ pad;
    return bytes;
  };
  return { hash, inner: padded(INNER), outer: padded(OUTER) };
}

/** The HMAC of `message`. */
export function oathHmac({ hash, inner, outer }: OathKey, message: Uint8Array): Buffer {
  const { name } = HASHES[hash];
  return digestOf(name, joined(outer, digestOf(name, joined(inner, message), 'buffer')), 'buffer');
}

function joined(key: Uint8Array, text: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(key.length + text.length);
  bytes.set(key, 0);
  bytes.set(text, key.length);
  return bytes;
}

/**
 * Dynamic truncation: 31 bit of an HMAC, chosen by its last four (RFC 4226 section 5.3; the last byte whatever the hash,
 * RFC 6238 section 1.2).
 */
export function truncate(hmac: Buffer): number {
  const offset = hmac.readUInt8(hmac.length - 1) & 0x0f;
  return hmac.readUInt32BE(offset) & 0x7fff_ffff;
}
