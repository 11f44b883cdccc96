import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type Sealed } from '../../../core/crypto/secret-types.js';
import { TOKEN_SECRET } from '../../token-secrets.js';
import { PRIVATE_ID_BYTES, YUBIKEY_KEY_BYTES, yubikeyKey } from '../../yubikey/yubikey-otp.js';

/** Modhex characters of the encrypted block, behind the public id. */
export const YUBIKEY_BLOCK_CHARACTERS = 32;

/** What we share with a Yubikey, ready for use. */
export interface YubikeySecret {
  readonly key: KeyObject;
  readonly privateId: Uint8Array;
}

/**
 * Seals the AES key and the private id of a Yubikey, one behind the other.
 *
 * @throws RangeError when one of them has not its length
 */
export function sealYubikeySecret(keyRing: KeyRing, key: Uint8Array, privateId: Uint8Array): Sealed {
  if (key.length !== YUBIKEY_KEY_BYTES) throw new RangeError('the AES key of a Yubikey has 128 bit');
  if (privateId.length !== PRIVATE_ID_BYTES) throw new RangeError('the private id of a Yubikey has 48 bit');
  const both = Buffer.concat([key, privateId]).toString('base64');
  return keyRing.seal(plainSecret(both), TOKEN_SECRET);
}

/** Opens what {@link sealYubikeySecret} made. */
export function openYubikeySecret(keyRing: KeyRing, sealed: Sealed): YubikeySecret {
  const both = Buffer.from(keyRing.open(sealed, TOKEN_SECRET), 'base64');
  return {
    key: yubikeyKey(both.subarray(0, YUBIKEY_KEY_BYTES)),
    privateId: both.subarray(YUBIKEY_KEY_BYTES),
  };
}
