import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';

/**
 * Reads typed cell symbols: ASCII letters and digits in either case, nothing else. Checked before the case is folded,
 * because folding turns some letters outside ASCII into letters of it.
 *
 * @returns undefined for anything else, or another length
 */
export function readTypedSymbols(typed: string, length: number): PlainSecret | undefined {
  if (typed.length !== length || !/^[0-9A-Za-z]+$/.test(typed)) return undefined;
  return plainSecret(typed.toLowerCase());
}

/** Typed symbols in lower case, so that the same ones are one text; anything else stays as it is. */
export function foldedSymbols(typed: PlainSecret): PlainSecret {
  return readTypedSymbols(typed, typed.length) ?? typed;
}
