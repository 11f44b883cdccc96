const POLYNOMIAL = 0x8408;

/** What the checksum of a block with its own checksum at the end comes to. */
export const CRC_RESIDUE = 0xf0b8;

/** CRC-16 of ISO 13239, by which a decrypted block is known (Yubico, "YubiKey OTP", checksum). */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return crc;
}
