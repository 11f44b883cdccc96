import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';

/** Lengths of application passwords (manager-json-rpc section 10.1). */
export const APP_KEY_LENGTHS = [10, 15, 20, 25, 30] as const;
export type AppKeyLength = (typeof APP_KEY_LENGTHS)[number];

export const LONGEST_APP_KEY_DAYS = 365;

/** 57 symbols of which none is taken for another; 10 of them are 58 bit. */
export const APP_KEY_SYMBOLS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Characters of a temporary application password that a caller chooses (`OpenOTP.TmpKey_Register`). */
export const SHORTEST_TEMPORARY = 10;
export const LONGEST_TEMPORARY = 30;
/** A day. */
export const LONGEST_TEMPORARY_MINUTES = 1_440;

/** Nothing longer is digested. */
const LONGEST_TYPED = 200;

/**
 * The one spelling that is digested: NFKC, without the blanks with which people type what was shown in groups; undefined
 * for what cannot be an application password.
 */
export function canonicalAppKey(typed: string): PlainSecret | undefined {
  if (typed.length > LONGEST_TYPED || !typed.isWellFormed()) return undefined;
  const text = typed.normalize('NFKC').replace(/\s/g, '');
  return Array.from(text).length >= SHORTEST_TEMPORARY ? plainSecret(text) : undefined;
}
