import { type OathKey, oathHmac, truncate } from './oath-key.js';

/**
 * Digits of a code. Ten show all 31 bit of the truncated HMAC and no more, so that their first digit is 0, 1 or 2: a
 * code of ten digits is worth 9.3 (RFC 4226 section 5.3 and appendix E.1).
 */
export const OATH_DIGITS = [6, 8, 10] as const;
export type OathDigits = (typeof OATH_DIGITS)[number];

const COUNTER_BYTES = 8;

/** The code of a counter (RFC 4226 section 5.3), with its leading zeros. */
export function hotp(key: OathKey, counter: number, digits: OathDigits): string {
  return showDigits(hotpValue(key, counter, digits), digits);
}

/**
 * The number that {@link hotp} shows.
 *
 * @throws RangeError when `counter` is no whole number from 0 to 2^53 - 1
 */
export function hotpValue(key: OathKey, counter: number, digits: number): number {
  return truncate(oathHmac(key, movingFactor(counter))) % 10 ** digits;
}

/** A counter or time step as eight bytes, big-endian (RFC 4226 section 5.1). */
export function movingFactor(counter: number): Buffer {
  if (!Number.isSafeInteger(counter) || counter < 0) throw new RangeError('a moving factor is a whole number from 0');
  const bytes = Buffer.alloc(COUNTER_BYTES);
  bytes.writeUInt32BE(Math.floor(counter / 2 ** 32), 0);
  bytes.writeUInt32BE(counter % 2 ** 32, 4);
  return bytes;
}

/** A number as exactly `digits` digits. */
export function showDigits(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
