import { createCipheriv, createHmac, createSecretKey, type KeyObject, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { RandomSource } from '../../core/crypto/random-source.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { packageXml } from './pskc-package-xml.js';
import type { SeedRecord } from './seed-record.js';
import { xmlText } from './xml-text.js';

/** What the seeds are encrypted with: a key of 128 bit, or a passphrase from which one is derived. */
export type PskcSealing =
  | { readonly key: Uint8Array; /** By which the other side knows the key. */ readonly keyName: string }
  | {
      readonly passphrase: PlainSecret;
      readonly keyName: string;
      /** Of PBKDF2; the default is what OWASP asks for with HMAC-SHA-1. */
      readonly iterations?: number;
    };

const KEY_BYTES = 16;
const SALT_BYTES = 16;
const IV_BYTES = 16;
const MAC_KEY_BYTES = 20;
const ITERATIONS = 1_300_000;

const derive = promisify(pbkdf2);

/**
 * Writes tokens as a key container (PSKC, RFC 6030), a piece at a time; seeds are encrypted with AES-128-CBC and then
 * authenticated. HMAC-SHA-1, for the MAC and for PBKDF2, is what RFC 6030 makes every reader know; neither use needs
 * the collision resistance that SHA-1 has lost (RFC 6151 section 2.3 says why of MD5).
 *
 * @throws RangeError when the key has not 128 bit
 */
export async function* writePskc(
  tokens: AsyncIterable<SeedRecord> | Iterable<SeedRecord>,
  sealing: PskcSealing,
  random: RandomSource,
): AsyncGenerator<string> {
  const salt = random.bytes(SALT_BYTES);
  const key = createSecretKey(await encryptionKey(sealing, salt));
  const macKeyBytes = random.bytes(MAC_KEY_BYTES);
  const macKey = createSecretKey(macKeyBytes);

  yield head(sealing, salt, encrypt(key, macKeyBytes, random).toString('base64'));
  for await (const token of tokens) {
    const value = encrypt(key, token.seed, random);
    const mac = createHmac('sha1', macKey).update(value).digest();
    yield packageXml(token, value.toString('base64'), mac.toString('base64'));
  }
  yield '</pskc:KeyContainer>\n';
}

async function encryptionKey(sealing: PskcSealing, salt: Uint8Array): Promise<Uint8Array> {
  if ('passphrase' in sealing) {
    return derive(sealing.passphrase, salt, sealing.iterations ?? ITERATIONS, KEY_BYTES, 'sha1');
  }
  if (sealing.key.length !== KEY_BYTES) throw new RangeError('the key of a key container has 128 bit');
  return sealing.key;
}

/** Initialisation vector and cipher text; PKCS #7 padding is one of those that XML Encryption allows. */
function encrypt(key: KeyObject, plain: Uint8Array, random: RandomSource): Buffer {
  const iv = random.bytes(IV_BYTES);
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]);
}

function head(sealing: PskcSealing, salt: Uint8Array, macKey: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<pskc:KeyContainer Version="1.0"
    xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc"
    xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
    xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"
    xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
    xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">
  <pskc:EncryptionKey>${keyXml(sealing, salt)}</pskc:EncryptionKey>
  <pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
    <pskc:MACKey>
      <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
      <xenc:CipherData><xenc:CipherValue>${macKey}</xenc:CipherValue></xenc:CipherData>
    </pskc:MACKey>
  </pskc:MACMethod>
`;
}

/** Salt and the like have no namespace, as in figure 7 of RFC 6030. */
function keyXml(sealing: PskcSealing, salt: Uint8Array): string {
  const name = xmlText(sealing.keyName);
  if (!('passphrase' in sealing)) return `<ds:KeyName>${name}</ds:KeyName>`;
  return `
    <xenc11:DerivedKey>
      <xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
        <pkcs5:PBKDF2-params>
          <Salt><Specified>${Buffer.from(salt).toString('base64')}</Specified></Salt>
          <IterationCount>${sealing.iterations ?? ITERATIONS}</IterationCount>
          <KeyLength>${KEY_BYTES}</KeyLength>
          <PRF/>
        </pkcs5:PBKDF2-params>
      </xenc11:KeyDerivationMethod>
      <xenc11:MasterKeyName>${name}</xenc11:MasterKeyName>
    </xenc11:DerivedKey>
  `;
}
