import { createSecretKey, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { RowError, SeedFileError } from './problems.js';
import { decodeBase64 } from './strict-base64.js';
import { decryptValue, hmacHash, XmlDecryption } from './xml-encryption.js';
import type { XmlFields } from './xml-fields.js';

/** What opens a key container: the pre-shared key, or the passphrase it is derived from. */
export interface PskcSecrets {
  /** 16, 24 or 32 bytes. */
  readonly key?: Uint8Array;
  readonly passphrase?: PlainSecret;
}

/** More iterations than this would keep a processor busy for the file's author. */
const MAX_ITERATIONS = 10_000_000;
const MAX_SALT_BYTES = 1024;
const KEY_LENGTHS = new Set([16, 24, 32]);

const ENCRYPTION_KEY = 'KeyContainer/EncryptionKey';
const DERIVED_KEY = `${ENCRYPTION_KEY}/DerivedKey`;
const DERIVATION = `${DERIVED_KEY}/KeyDerivationMethod`;
const MAC_METHOD = 'KeyContainer/MACMethod';

const derive = promisify(pbkdf2);

/**
 * Makes the keys of a container ready (RFC 6030 section 6).
 *
 * @param header what stands before the first key package
 * @param line of the first encrypted value, for the error
 * @throws SeedFileError
 */
export async function openKeyContainer(header: XmlFields, secrets: PskcSecrets, line: number): Promise<XmlDecryption> {
  try {
    const key = await encryptionKey(header, secrets, line);
    const macName = header.one(`${MAC_METHOD}@Algorithm`);
    const macHash = hmacHash(macName);
    if (macName !== undefined && macHash === undefined) throw new SeedFileError('mac-unsupported', line);
    return new XmlDecryption(key, macKey(header, key), macHash);
  } catch (error) {
    if (error instanceof RowError) throw new SeedFileError('key-wrong', line, { cause: error });
    throw error;
  }
}

async function encryptionKey(header: XmlFields, secrets: PskcSecrets, line: number): Promise<Uint8Array> {
  for (const asymmetric of ['X509Data', 'KeyValue', 'EncryptedKey', 'AgreementMethod']) {
    if (header.has(`${ENCRYPTION_KEY}/${asymmetric}`)) throw new SeedFileError('x509-unsupported', line);
  }
  if (header.has(DERIVED_KEY)) return derivedKey(header, secrets.passphrase, line);
  if (!secrets.key) throw new SeedFileError('key-needed', line);
  return secrets.key;
}

/** PBKDF2 (RFC 6030 section 6.2, RFC 8018 section 5.2); HMAC-SHA-1 unless the file says otherwise. */
async function derivedKey(header: XmlFields, passphrase: PlainSecret | undefined, line: number): Promise<Uint8Array> {
  if (passphrase === undefined) throw new SeedFileError('passphrase-needed', line);
  const parameters = `${DERIVATION}/PBKDF2-params`;
  const salt = decodeBase64(header.one(`${parameters}/Salt/Specified`) ?? '');
  const iterations = Number(header.one(`${parameters}/IterationCount`));
  const length = Number(header.one(`${parameters}/KeyLength`) ?? '16');
  const pseudorandom = header.one(`${parameters}/PRF@Algorithm`);
  const hash = pseudorandom === undefined ? 'sha1' : hmacHash(pseudorandom);
  const supported =
    header.one(`${DERIVATION}@Algorithm`)?.endsWith('#pbkdf2') === true &&
    salt !== undefined &&
    salt.length >= 1 &&
    salt.length <= MAX_SALT_BYTES &&
    Number.isInteger(iterations) &&
    iterations >= 1 &&
    iterations <= MAX_ITERATIONS &&
    KEY_LENGTHS.has(length);
  if (!supported || hash === undefined) throw new SeedFileError('derivation-unsupported', line);
  return derive(passphrase, salt, iterations, length, hash);
}

/** The MAC key of the file; without one, the encryption key serves (RFC 6030 section 6.1.1). */
function macKey(header: XmlFields, key: Uint8Array): Uint8Array {
  const cipherText = header.one(`${MAC_METHOD}/MACKey/CipherData/CipherValue`);
  if (cipherText === undefined) return key;
  const value = decodeBase64(cipherText);
  if (!value) throw new RowError('cipher-text-not-valid');
  return decryptValue(createSecretKey(key), header.one(`${MAC_METHOD}/MACKey/EncryptionMethod@Algorithm`), value);
}
