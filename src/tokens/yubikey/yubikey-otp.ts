import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { CRC_RESIDUE, crc16 } from './crc.js';
import { decodeModhex, encodeModhex } from './modhex.js';

/** An OTP as it was typed: whose key it comes from, and the encrypted block. */
export interface TypedYubikeyOtp {
  /** Modhex in lower case; may be empty. */
  readonly publicId: string;
  readonly block: Uint8Array;
}

/** What is inside an OTP (Yubico, "YubiKey OTP"; test-vectors.txt of yubico-c). */
export interface YubikeyOtp {
  /** Six secret bytes, by which a decrypted OTP is known to be of the key. */
  readonly privateId: Uint8Array;
  /** Times that the key was plugged in, 0 to 32767. */
  readonly sessionCounter: number;
  /** OTPs since it was plugged in, 0 to 255. */
  readonly useCounter: number;
  /** Eighths of a second since it was plugged in, from a random start; 24 bit. */
  readonly timestamp: number;
  /** Whether caps lock typed it. */
  readonly capsLock: boolean;
  readonly random: number;
}

const AES_ECB = 'aes-128-ecb';
export const YUBIKEY_KEY_BYTES = 16;
export const PRIVATE_ID_BYTES = 6;
const BLOCK_BYTES = 16;
const CAPS_LOCK = 0x8000;

/** Modhex characters of the encrypted block, and the most that may come before it. */
const BLOCK_CHARACTERS = 32;
const MAX_PUBLIC_ID_CHARACTERS = 32;

/**
 * An AES key made ready for many OTPs.
 *
 * @throws RangeError when it has not 128 bit
 */
export function yubikeyKey(key: Uint8Array): KeyObject {
  if (key.length !== YUBIKEY_KEY_BYTES) throw new RangeError('the AES key of a Yubikey has 128 bit');
  return createSecretKey(key);
}

/** Takes apart what was typed; undefined for what is no OTP by its form, before anything is decrypted. */
export function readYubikeyOtp(typed: string): TypedYubikeyOtp | undefined {
  if (typed.length < BLOCK_CHARACTERS || typed.length > MAX_PUBLIC_ID_CHARACTERS + BLOCK_CHARACTERS) return undefined;
  const bytes = decodeModhex(typed);
  if (!bytes) return undefined;
  const publicId = encodeModhex(bytes.subarray(0, -BLOCK_BYTES));
  return { publicId, block: bytes.subarray(-BLOCK_BYTES) };
}

/** Decrypts a block; undefined when its checksum is wrong: another key, or changed on the way. */
export function openYubikeyBlock(key: KeyObject, block: Uint8Array): YubikeyOtp | undefined {
  const decipher = createDecipheriv(AES_ECB, key, null).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(block), decipher.final()]);
  if (crc16(plain) !== CRC_RESIDUE) return undefined;
  const counter = plain.readUInt16LE(6);
  return {
    privateId: new Uint8Array(plain.subarray(0, PRIVATE_ID_BYTES)),
    sessionCounter: counter & ~CAPS_LOCK,
    timestamp: plain.readUIntLE(8, 3),
    useCounter: plain.readUInt8(11),
    capsLock: (counter & CAPS_LOCK) !== 0,
    random: plain.readUInt16LE(12),
  };
}

/** The two counters as one number that only grows while the key lives: what is stored, and compared. */
export function yubikeyCounter({ sessionCounter, useCounter }: YubikeyOtp): number {
  return sessionCounter * 256 + useCounter;
}
