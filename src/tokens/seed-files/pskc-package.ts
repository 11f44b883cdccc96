import { RowError, type SeedFileNote } from './problems.js';
import type { RawToken } from './raw-token.js';
import { decodeBase64 } from './strict-base64.js';
import type { XmlDecryption } from './xml-encryption.js';
import type { XmlFields } from './xml-fields.js';

/** Algorithm profiles (RFC 6030 section 10, RFC 6238, draft-hoyer-keyprov-pskc-algorithm-profiles); a suite may follow. */
const ALGORITHM = /^urn:ietf:params:xml:ns:keyprov:pskc[:#](hotp|totp|ocra)(?:-1)?(?::(.+))?$/i;

/** The serial number of a package: of the device, or else the id of its key. */
export function serialOf(fields: XmlFields): string | undefined {
  return fields.all('DeviceInfo/SerialNo')[0] ?? fields.all('Key@Id')[0];
}

/**
 * Reads one key package (RFC 6030 sections 4 and 5).
 *
 * @throws RowError
 */
export function readKeyPackage(
  fields: XmlFields,
  decryption: XmlDecryption | undefined,
): { raw: RawToken; notes: SeedFileNote[] } {
  const kind = kindOf(fields.one('Key@Algorithm') ?? '');
  checkResponse(fields);
  const suite = fields.one('Key/AlgorithmParameters/Suite');
  const raw: RawToken = {
    serial: serialOf(fields),
    manufacturer: fields.one('DeviceInfo/Manufacturer'),
    model: fields.one('DeviceInfo/Model'),
    kind: kind.name,
    seed: readSecret(fields, decryption),
    digits: fields.one('Key/AlgorithmParameters/ResponseFormat@Length'),
    period: readNumber('TimeInterval', fields, decryption),
    counter: readNumber('Counter', fields, decryption),
    drift: readNumber('TimeDrift', fields, decryption),
    ...(kind.name === 'OCRA' ? { suite: suite ?? kind.suite } : { hash: suite }),
    notBefore: fields.one('Key/Policy/StartDate') ?? fields.one('DeviceInfo/StartDate'),
    notAfter: fields.one('Key/Policy/ExpiryDate') ?? fields.one('DeviceInfo/ExpiryDate'),
  };
  return { raw, notes: notesOn(fields) };
}

function kindOf(algorithm: string): { name: string; suite: string | undefined } {
  const [, name, suite] = ALGORITHM.exec(algorithm) ?? [];
  if (name === undefined) throw new RowError('kind-unknown');
  return { name: name.toUpperCase(), suite: suite === undefined ? undefined : `OCRA-1:${suite}` };
}

function checkResponse(fields: XmlFields): void {
  const format = 'Key/AlgorithmParameters/ResponseFormat';
  const encoding = fields.one(`${format}@Encoding`) ?? 'DECIMAL';
  const checkDigits = fields.one(`${format}@CheckDigits`) ?? 'false';
  if (encoding !== 'DECIMAL' || !['false', '0'].includes(checkDigits)) throw new RowError('response-unsupported');
}

function notesOn(fields: XmlFields): SeedFileNote[] {
  const usage = fields.all('Key/Policy/KeyUsage').map((use) => use.trim());
  const notes: SeedFileNote[] = [];
  if (fields.has('Key/Policy/PINPolicy')) notes.push('pin-policy-ignored');
  if (usage.length > 0 && !usage.includes('OTP') && !usage.includes('CR')) notes.push('usage-not-otp');
  return notes;
}

function readSecret(fields: XmlFields, decryption: XmlDecryption | undefined): Uint8Array {
  const encrypted = readEncrypted('Secret', fields, decryption);
  if (encrypted) return encrypted;
  const plain = fields.one('Key/Data/Secret/PlainValue');
  if (plain === undefined) throw new RowError(fields.has('Key/KeyReference') ? 'seed-derived' : 'seed-missing');
  const bytes = decodeBase64(plain);
  if (!bytes) throw new RowError('seed-not-valid');
  return bytes;
}

/** A whole number as text, plain or encrypted. */
function readNumber(name: string, fields: XmlFields, decryption: XmlDecryption | undefined): string | undefined {
  const encrypted = readEncrypted(name, fields, decryption);
  if (!encrypted) return fields.one(`Key/Data/${name}/PlainValue`);
  const text = Buffer.from(encrypted).toString('latin1');
  // RFC 6030 section 4.2 says four or eight bytes, big-endian; makers encrypt fewer, or the digits as text.
  if (/^[0-9]+$/.test(text)) return text;
  if (encrypted.length < 1 || encrypted.length > 8) throw new RowError('value-not-valid');
  return BigInt(`0x${Buffer.from(encrypted).toString('hex')}`).toString();
}

function readEncrypted(name: string, fields: XmlFields, decryption: XmlDecryption | undefined): Uint8Array | undefined {
  const place = `Key/Data/${name}`;
  if (!fields.has(`${place}/EncryptedValue`)) return undefined;
  const value = decodeBase64(fields.one(`${place}/EncryptedValue/CipherData/CipherValue`) ?? '');
  const macText = fields.one(`${place}/ValueMAC`);
  const mac = macText === undefined ? undefined : decodeBase64(macText);
  if (!decryption || !value) throw new RowError('cipher-text-not-valid');
  return decryption.open(fields.one(`${place}/EncryptedValue/EncryptionMethod@Algorithm`), value, mac);
}
