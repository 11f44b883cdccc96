import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { SshReader } from './ssh-wire.js';

const OPENSSH = /^-----BEGIN OPENSSH PRIVATE KEY-----\s([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----\s*$/;
const MAGIC = 'openssh-key-v1\0';
const LONGEST_FILE = 32_768;

/**
 * Reads a private key without a pass phrase: openssh-key-v1 as we hand it out, PKCS #8 or PKCS #1.
 *
 * @throws DomainError `key-not-valid`
 */
export function readPrivateKey(pem: PlainSecret): KeyObject {
  if (pem.length > LONGEST_FILE) throw new DomainError('key-not-valid', { detail: 'form' });
  const [, encoded] = OPENSSH.exec(pem.trim()) ?? [];
  try {
    return encoded === undefined ? createPrivateKey(pem) : readOpenssh(Buffer.from(encoded, 'base64'));
  } catch {
    // What OpenSSL says may quote the key.
    throw new DomainError('key-not-valid', { detail: 'form' });
  }
}

function readOpenssh(file: Buffer): KeyObject {
  if (file.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) throw new Error('no magic');
  const reader = new SshReader(file.subarray(MAGIC.length));
  const [cipher, kdf, options, keys] = [reader.string(), reader.string(), reader.string(), reader.uint32()];
  const plain = cipher?.toString() === 'none' && kdf?.toString() === 'none' && options?.length === 0;
  reader.string();
  const secrets = reader.string();
  if (!plain || keys !== 1 || !secrets || !reader.atEnd) throw new Error('encrypted, or not one key');
  return createPrivateKey({ key: jwkOf(secrets), format: 'jwk' });
}

function jwkOf(secrets: Buffer): JsonWebKey {
  const reader = new SshReader(secrets);
  if (reader.uint32() !== reader.uint32()) throw new Error('check numbers differ');
  const type = wanted(reader.string()).toString();
  if (type === 'ssh-rsa') {
    const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => wanted(reader.mpint()));
    return { kty: 'RSA', ...encoded({ n, e, d, p, q, qi, ...exponents(d, p, q) }) };
  }
  if (type === 'ssh-ed25519') {
    const x = wanted(reader.string());
    return { kty: 'OKP', crv: 'Ed25519', ...encoded({ x, d: wanted(reader.string()).subarray(0, 32) }) };
  }
  const curve = wanted(reader.string()).toString();
  const point = wanted(reader.string());
  const length = (point.length - 1) / 2;
  const d = wanted(reader.mpint());
  const whole = Buffer.concat([Buffer.alloc(Math.max(length - d.length, 0)), d]);
  const [x, y] = [point.subarray(1, 1 + length), point.subarray(1 + length)];
  return { kty: 'EC', crv: curve.replace('nistp', 'P-'), ...encoded({ x, y, d: whole }) };
}

/** d mod (p-1) and d mod (q-1), which OpenSSH leaves out and JWK wants (RFC 7518, section 6.3.2). */
function exponents(d: Buffer | undefined, p: Buffer | undefined, q: Buffer | undefined) {
  const number = (bytes: Buffer | undefined) => BigInt(`0x${wanted(bytes).toString('hex')}`);
  const less = (prime: Buffer | undefined) => {
    const hex = (number(d) % (number(prime) - 1n)).toString(16);
    return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  };
  return { dp: less(p), dq: less(q) };
}

function encoded(fields: Readonly<Record<string, Buffer | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, wanted(bytes).toString('base64url')]));
}

function wanted<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('cut off');
  return value;
}
