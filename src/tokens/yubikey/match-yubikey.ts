import { type KeyObject, timingSafeEqual } from 'node:crypto';
import { openYubikeyBlock, readYubikeyOtp, yubikeyCounter } from './yubikey-otp.js';

/** A Yubikey as it is stored. */
export interface YubikeyPosition {
  /** See `yubikeyKey`. */
  readonly key: KeyObject;
  /** Modhex in lower case. */
  readonly publicId: string;
  readonly privateId: Uint8Array;
  /** Last accepted counter; null when none was. See `yubikeyCounter`. */
  readonly lastCounter: number | null;
}

export type YubikeyMatch =
  | { readonly outcome: 'accepted'; /** To be stored by "advance if greater" only. */ readonly counter: number }
  | { readonly outcome: 'replayed' }
  | { readonly outcome: 'wrong' };

/** Judges a typed OTP: of this key by its ids, and with a greater counter than every one before. */
export function matchYubikey(token: YubikeyPosition, typed: string): YubikeyMatch {
  const read = readYubikeyOtp(typed);
  if (!read || read.publicId !== token.publicId) return { outcome: 'wrong' };
  const otp = openYubikeyBlock(token.key, read.block);
  if (!otp || !sameBytes(otp.privateId, token.privateId)) return { outcome: 'wrong' };
  const counter = yubikeyCounter(otp);
  return counter > (token.lastCounter ?? -1) ? { outcome: 'accepted', counter } : { outcome: 'replayed' };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
