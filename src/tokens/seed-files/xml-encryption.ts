import { createDecipheriv, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { RowError } from './problems.js';

/** Names behind the `#` of XML Encryption and XML Signature algorithms, with what Node calls them. */
const CBC: Readonly<Record<string, CipherKind>> = {
  'aes128-cbc': { name: 'aes-128-cbc', keyBytes: 16 },
  'aes192-cbc': { name: 'aes-192-cbc', keyBytes: 24 },
  'aes256-cbc': { name: 'aes-256-cbc', keyBytes: 32 },
};
const KEY_WRAP: Readonly<Record<string, CipherKind>> = {
  'kw-aes128': { name: 'id-aes128-wrap', keyBytes: 16 },
  'kw-aes192': { name: 'id-aes192-wrap', keyBytes: 24 },
  'kw-aes256': { name: 'id-aes256-wrap', keyBytes: 32 },
};
const HMACS: Readonly<Record<string, string>> = {
  'hmac-sha1': 'sha1',
  'hmac-sha224': 'sha224',
  'hmac-sha256': 'sha256',
  'hmac-sha384': 'sha384',
  'hmac-sha512': 'sha512',
};

interface CipherKind {
  readonly name: string;
  readonly keyBytes: number;
}

/** Default initial value of AES key wrap, by which a wrong key is known (RFC 3394 section 2.2.3.1). */
const KEY_WRAP_IV = Buffer.from('a6a6a6a6a6a6a6a6', 'hex');
const BLOCK_BYTES = 16;

/** Node's name for the hash of an HMAC algorithm URI. */
export function hmacHash(uri: string | undefined): string | undefined {
  return HMACS[shortName(uri)];
}

/** Decrypts values of XML Encryption, each only after its MAC. */
export class XmlDecryption {
  private readonly key: KeyObject;
  private readonly macKey: KeyObject;

  /** @param macHash Node's name of the hash; undefined when the file names no MAC */
  constructor(
    key: Uint8Array,
    macKey: Uint8Array,
    private readonly macHash: string | undefined,
  ) {
    this.key = createSecretKey(key);
    this.macKey = createSecretKey(macKey);
  }

  /**
   * The plain value. CBC changes with its cipher text, so that a MAC is wanted, and checked before anything is
   * decrypted (RFC 6030 section 6.1.1); key wrap checks itself.
   *
   * @throws RowError
   */
  open(algorithm: string | undefined, value: Uint8Array, mac: Uint8Array | undefined): Uint8Array {
    if (CBC[shortName(algorithm)]) this.checkMac(value, mac);
    return decryptValue(this.key, algorithm, value);
  }

  private checkMac(value: Uint8Array, mac: Uint8Array | undefined): void {
    if (!mac || !this.macHash) throw new RowError('mac-missing');
    const right = createHmac(this.macHash, this.macKey).update(value).digest();
    if (mac.length !== right.length || !timingSafeEqual(mac, right)) throw new RowError('mac-wrong');
  }
}

/**
 * Decrypts one value, whatever its MAC. The initialisation vector of CBC stands before the cipher text (XML Encryption
 * section 5.2).
 *
 * @throws RowError
 */
export function decryptValue(key: KeyObject, algorithm: string | undefined, value: Uint8Array): Uint8Array {
  const cbc = CBC[shortName(algorithm)];
  const wrap = KEY_WRAP[shortName(algorithm)];
  const kind = cbc ?? wrap;
  if (!kind) throw new RowError('cipher-unsupported');
  if (key.symmetricKeySize !== kind.keyBytes) throw new RowError('cipher-key-length');
  try {
    if (wrap) return run(createDecipheriv(wrap.name, key, KEY_WRAP_IV), value);
    const decipher = createDecipheriv(kind.name, key, value.subarray(0, BLOCK_BYTES)).setAutoPadding(false);
    return withoutPadding(run(decipher, value.subarray(BLOCK_BYTES)));
  } catch (error) {
    if (error instanceof RowError) throw error;
    throw new RowError('cipher-text-not-valid');
  }
}

function run(decipher: ReturnType<typeof createDecipheriv>, value: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([decipher.update(value), decipher.final()]));
}

/** The last byte says how many to take away; what the others hold is free (XML Encryption section 5.2.1). */
function withoutPadding(plain: Uint8Array): Uint8Array {
  const padding = plain.at(-1) ?? 0;
  if (padding < 1 || padding > BLOCK_BYTES) throw new RowError('cipher-text-not-valid');
  return plain.subarray(0, -padding);
}

function shortName(uri: string | undefined): string {
  return uri?.slice(uri.lastIndexOf('#') + 1) ?? '';
}
