import { createPublicKey, type KeyObject } from 'node:crypto';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { DomainError } from '../../../core/errors/domain-error.js';
import { UID } from './issue-certificate.js';

const PEM =
  /^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\s([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/;
const LONGEST_REQUEST = 32_768;

const RSA_BITS = { min: 2_048, max: 8_192 };
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
const SIGNATURE_HASHES = new Set(['SHA-256', 'SHA-384', 'SHA-512']);

/**
 * Reads a certificate request (PKCS #10, RFC 2986) and takes nothing of it but the public key, whose private half has
 * signed it: names and extensions are for us to say (attack classes 8, 20).
 *
 * @param pem one request
 * @throws DomainError `certificate-request-not-valid` with the reason as detail: `form`, `signature`, `key`
 */
export async function readCertificateRequest(pem: string): Promise<KeyObject> {
  const { key, signed } = await parse(derOf(pem));
  if (!isStrong(key)) throw refusal('key');
  if (!signed) throw refusal('signature');
  return key;
}

/**
 * Whom a request says it is for: `uid` or else the common name, and the organisation. Proved by nothing, so it is only
 * for an administrator whose call names nobody (`Sign_Certificate_Request`, manager-json-rpc section 12).
 *
 * @throws DomainError `certificate-request-not-valid`
 */
export function requestedPerson(pem: string): { login: string | undefined; domain: string | undefined } {
  const der = derOf(pem);
  try {
    const { subjectName } = new Pkcs10CertificateRequest(der);
    const [login = subjectName.getField('CN')[0]] = subjectName.getField(UID);
    return { login, domain: subjectName.getField('O')[0] };
  } catch {
    throw refusal('form');
  }
}

function derOf(pem: string): Uint8Array<ArrayBuffer> {
  const [, body] = (pem.length <= LONGEST_REQUEST && PEM.exec(pem)) || [];
  if (body === undefined) throw refusal('form');
  return new Uint8Array(Buffer.from(body, 'base64'));
}

async function parse(der: Uint8Array<ArrayBuffer>): Promise<{ key: KeyObject; signed: boolean }> {
  try {
    const request = new Pkcs10CertificateRequest(der);
    const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), type: 'spki', format: 'der' });
    const { hash } = request.signatureAlgorithm as { hash?: { name: string } };
    return { key, signed: SIGNATURE_HASHES.has(hash?.name ?? '') && isStrong(key) && (await request.verify()) };
  } catch {
    throw refusal('form');
  }
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return CURVES.has(asymmetricKeyDetails?.namedCurve ?? '');
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return asymmetricKeyType === 'rsa' && bits >= RSA_BITS.min && bits <= RSA_BITS.max;
}

function refusal(detail: 'form' | 'signature' | 'key'): DomainError {
  return new DomainError('certificate-request-not-valid', { detail });
}
