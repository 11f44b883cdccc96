import { createCipheriv, type KeyObject } from 'node:crypto';
import { crc16 } from '../../src/tokens/yubikey/crc.js';
import { encodeModhex } from '../../src/tokens/yubikey/modhex.js';
import type { YubikeyOtp } from '../../src/tokens/yubikey/yubikey-otp.js';

const CAPS_LOCK = 0x8000;

/** What a Yubikey types for these contents, without its public id: 32 modhex characters. */
export function pressYubikey(key: KeyObject, otp: YubikeyOtp): string {
  const plain = Buffer.alloc(16);
  plain.set(otp.privateId, 0);
  plain.writeUInt16LE(otp.sessionCounter | (otp.capsLock ? CAPS_LOCK : 0), 6);
  plain.writeUIntLE(otp.timestamp, 8, 3);
  plain.writeUInt8(otp.useCounter, 11);
  plain.writeUInt16LE(otp.random, 12);
  plain.writeUInt16LE(~crc16(plain.subarray(0, -2)) & 0xffff, 14);
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return encodeModhex(Buffer.concat([cipher.update(plain), cipher.final()]));
}
