import type { RandomSource } from '../core/crypto/random-source.js';
import type { TokenKindName } from './token-kinds.js';

/** Symbols that are not taken for one another. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPRSTUVWXYZ';
const LENGTH = 10;

/** A serial number for a token that has none of its own: its kind and 50 random bit, e.g. `TOTP-7K3M9Q2XAB`. */
export function newSerial(random: RandomSource, kind: TokenKindName): string {
  return `${kind.toUpperCase()}-${random.text(LENGTH, SYMBOLS)}`;
}

/** Whether a token came with a serial number of its own, as opposed to one that {@link newSerial} made up. */
export function hasOwnSerial({ serial, kind }: { readonly serial: string; readonly kind: TokenKindName }): boolean {
  return !serial.startsWith(`${kind.toUpperCase()}-`);
}
