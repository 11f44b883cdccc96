const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const GROUP_CHARACTERS = 8;

/** Characters of a last group that stand for 0, 1, 2, 3 and 4 bytes; no other number of them is whole bytes. */
const LAST_GROUP = new Set([0, 2, 4, 5, 7]);

/** Base32 (RFC 4648 section 6) without padding, which key URIs and people leave out. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let waiting = 0;
  for (const byte of bytes) {
    waiting = (waiting << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(waiting >>> bits) & 0x1f];
    }
    waiting &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(waiting << (5 - bits)) & 0x1f] : text;
}

/**
 * Reads base32 strictly: upper case, padding whole or left out, no other characters, and no bits set behind the last
 * byte, so that no two texts mean the same bytes but for their padding (RFC 4648 section 3.5).
 *
 * @returns undefined for anything else
 */
export function decodeBase32(text: string): Uint8Array | undefined {
  const unpadded = text.replace(/={1,6}$/, '');
  if (!/^[A-Z2-7]*$/.test(unpadded) || !LAST_GROUP.has(unpadded.length % GROUP_CHARACTERS)) return undefined;
  if (unpadded.length !== text.length && text.length % GROUP_CHARACTERS !== 0) return undefined;
  const bytes = new Uint8Array(Math.floor((unpadded.length * 5) / 8));
  let length = 0;
  let bits = 0;
  let waiting = 0;
  for (const character of unpadded) {
    waiting = (waiting << 5) | ALPHABET.indexOf(character);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = waiting >>> bits;
      waiting &= (1 << bits) - 1;
    }
  }
  return waiting === 0 ? bytes : undefined;
}
