import type { KeyObject } from 'node:crypto';
import * as pkijs from 'pkijs';
import type { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';

/** PKCS #12 identifiers (RFC 7292, section 4.2). */
const SHROUDED_KEY = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE = '1.2.840.113549.1.12.10.1.3';

const ITERATIONS = 100_000;
const IV_BYTES = 16;
const BY_PASSWORD = 0;
const ENCRYPTED = 1;

/**
 * Packs a private key with its certificates into a PKCS #12 file (RFC 7292): AES-256 and PBKDF2 with SHA-256, which
 * Windows 10, macOS 12, Android 10 and OpenSSL 1.1 read.
 *
 * @param certificates DER; the person's own first, then the issuing one
 */
export async function writePkcs12(
  key: KeyObject,
  certificates: readonly Uint8Array[],
  password: PlainSecret,
  random: RandomSource,
): Promise<Buffer> {
  const protection = () => ({
    password: bytesOf(Buffer.from(password)),
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv: new Uint8Array(random.bytes(IV_BYTES)) },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: ITERATIONS,
  });
  const shrouded = new pkijs.PKCS8ShroudedKeyBag({
    parsedValue: pkijs.PrivateKeyInfo.fromBER(bytesOf(key.export({ type: 'pkcs8', format: 'der' }))),
  });
  await shrouded.makeInternalValues(protection());
  const bags = certificates.map(
    (der) =>
      new pkijs.SafeBag({
        bagId: CERTIFICATE,
        bagValue: new pkijs.CertBag({ parsedValue: pkijs.Certificate.fromBER(bytesOf(der)) }),
      }),
  );
  const safe = new pkijs.AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        {
          privacyMode: BY_PASSWORD,
          value: new pkijs.SafeContents({ safeBags: [new pkijs.SafeBag({ bagId: SHROUDED_KEY, bagValue: shrouded })] }),
        },
        { privacyMode: ENCRYPTED, value: new pkijs.SafeContents({ safeBags: bags }) },
      ],
    },
  });
  await safe.makeInternalValues({ safeContents: [{}, protection()] });
  const file = new pkijs.PFX({ parsedValue: { integrityMode: BY_PASSWORD, authenticatedSafe: safe } });
  await file.makeInternalValues({
    password: bytesOf(Buffer.from(password)),
    iterations: ITERATIONS,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  });
  return Buffer.from(file.toSchema().toBER());
}

function bytesOf(data: Uint8Array): ArrayBuffer {
  return new Uint8Array(data).buffer;
}
