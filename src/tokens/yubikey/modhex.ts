/** Hexadecimal digits in the letters that lie on one key of every Latin keyboard (Yubico, "Modhex"). */
const MODHEX = 'cbdefghijklnrtuv';
const HEX = '0123456789abcdef';

export function encodeModhex(bytes: Uint8Array): string {
  return swap(Buffer.from(bytes).toString('hex'), HEX, MODHEX);
}

/**
 * Reads modhex, in upper or lower case: with caps lock on, a key types capitals.
 *
 * @returns undefined for other characters and half bytes
 */
export function decodeModhex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[cbdefghijklnrtuvCBDEFGHIJKLNRTUV]*$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(swap(text.toLowerCase(), MODHEX, HEX), 'hex'));
}

function swap(text: string, from: string, to: string): string {
  return Array.from(text, (character) => to[from.indexOf(character)]).join('');
}
