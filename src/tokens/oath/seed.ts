import type { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { OathHash } from './oath-hash.js';

/** The shared secret of a token, in bytes. Never printed; at rest it is sealed as its {@link seedText}. */
export type Seed = Uint8Array & { readonly __seed: unique symbol };

/** Why bytes are no seed. */
export type SeedRefusal = 'seed-too-short' | 'seed-too-long';

export type SeedCheck =
  { readonly ok: true; readonly seed: Seed } | { readonly ok: false; readonly reason: SeedRefusal };

/** 128 bit, the least that RFC 4226 section 4, R6 allows. */
export const MIN_SEED_BYTES = 16;

/** One block of SHA-512: HMAC hashes longer keys down first (RFC 2104 section 2), so that they add nothing. */
export const MAX_SEED_BYTES = 128;

/** Bytes of a new seed: as long as the hash is wide (RFC 2104 section 3, RFC 6238 section 5.1), 160 bit for SHA-1. */
const NEW_SEED_BYTES: Readonly<Record<OathHash, number>> = { SHA1: 20, SHA256: 32, SHA512: 64 };

/** Takes bytes that came from outside as a seed. */
export function checkSeed(bytes: Uint8Array): SeedCheck {
  if (bytes.length < MIN_SEED_BYTES) return { ok: false, reason: 'seed-too-short' };
  if (bytes.length > MAX_SEED_BYTES) return { ok: false, reason: 'seed-too-long' };
  return { ok: true, seed: bytes as Seed };
}

/** Draws a seed for a new token. */
export function newSeed(random: RandomSource, hash: OathHash): Seed {
  return random.bytes(NEW_SEED_BYTES[hash]) as Seed;
}

/** The seed as base64, to be sealed. */
export function seedText(seed: Seed): PlainSecret {
  return plainSecret(Buffer.from(seed).toString('base64'));
}

/** Reads what {@link seedText} wrote. */
export function seedFromText(text: PlainSecret): Seed {
  return new Uint8Array(Buffer.from(text, 'base64')) as Seed;
}
