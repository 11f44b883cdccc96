import type { PlainSecret } from '../../crypto/secret-types.js';

/** The value of `unicodePwd` that sets a password: in quotation marks, UTF-16 little-endian (MS-ADTS 3.1.1.3.1.5.1). */
export function unicodePwd(password: PlainSecret): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}

/**
 * A value that can never set a password, because it is no UTF-16. Refused for its form by a server that allows the
 * writer to set passwords, and for the missing right by one that does not.
 */
export const IMPOSSIBLE_PASSWORD = Buffer.from([0x22, 0x00, 0x22]);
