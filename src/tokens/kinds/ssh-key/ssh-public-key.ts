import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { DomainError } from '../../../core/errors/domain-error.js';
import { SshReader, SshWriter } from './ssh-wire.js';

/** Curves of RFC 5656, section 10.1, by their names here, in JWK (RFC 7518) and for people. */
const CURVES = {
  nistp256: { jwk: 'P-256', bits: 256 },
  nistp384: { jwk: 'P-384', bits: 384 },
  nistp521: { jwk: 'P-521', bits: 521 },
} as const;
type Curve = keyof typeof CURVES;

export const SSH_KEY_TYPES = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
] as const;
export type SshKeyType = (typeof SSH_KEY_TYPES)[number];

/** A public key as OpenSSH knows it. */
export interface SshPublicKey {
  readonly type: SshKeyType;
  /** RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4. */
  readonly blob: Buffer;
  readonly bits: number;
}

/** Smallest and largest RSA modulus; larger ones only cost the server time. */
const RSA_BITS = { min: 2_048, max: 8_192 };
/** 65537 and a few larger ones are in use; a huge exponent makes every check slow. */
const LONGEST_EXPONENT_BYTES = 8;
/** Characters of a pasted line. */
const LONGEST_LINE = 16_384;

/**
 * Reads a pasted public key: one line `type base64 [comment]`, as in `id_ed25519.pub`. Options in front of it, as
 * `authorized_keys` has them, are not ours to take from a stranger.
 *
 * @throws DomainError `key-not-valid` with the reason as detail: `form`, `type` (DSA and others that OpenSSH does not take
 *   any more), `size`
 */
export function readSshPublicKey(line: string): SshPublicKey {
  const [, type = '', encoded = ''] =
    (line.length <= LONGEST_LINE && /^([a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: [^\r\n\0]*)?$/.exec(line.trim())) || [];
  const blob = Buffer.from(encoded, 'base64');
  if (blob.length === 0 || blob.toString('base64') !== encoded) throw refusal('form');
  const known = SSH_KEY_TYPES.find((name) => name === type);
  if (!known) throw refusal('type');
  const reader = new SshReader(blob);
  if (reader.string()?.toString('latin1') !== known) throw refusal('form');
  const bits = readBits(known, reader);
  if (bits === undefined || !reader.atEnd) throw refusal('form');
  if (known === 'ssh-rsa' && (bits < RSA_BITS.min || bits > RSA_BITS.max)) throw refusal('size');
  return { type: known, blob, bits };
}

/** The public key of a key pair, in the form of SSH. */
export function sshPublicKey(key: KeyObject): SshPublicKey {
  const jwk = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  const { type, bits, write } = formOf(jwk);
  const writer = new SshWriter().string(type);
  write(writer);
  return { type, bits, blob: writer.bytes() };
}

/** `SHA256:…` as `ssh-keygen -l` prints it. */
export function fingerprint({ blob }: Pick<SshPublicKey, 'blob'>): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** One line without options: `type base64 comment`. */
export function publicKeyLine({ type, blob }: Pick<SshPublicKey, 'type' | 'blob'>, comment: string): string {
  return `${type} ${blob.toString('base64')} ${printableComment(comment)}`.trimEnd();
}

/** A comment that stays on its line and means nothing. */
export function printableComment(comment: string): string {
  return comment.replaceAll(/[^\p{L}\p{N}@._+-]+/gu, '_').slice(0, 200);
}

function readBits(type: SshKeyType, reader: SshReader): number | undefined {
  if (type === 'ssh-ed25519') return reader.string()?.length === 32 ? 256 : undefined;
  if (type === 'ssh-rsa') {
    const exponent = reader.mpint();
    const modulus = reader.mpint();
    const sound = exponent && exponent.length <= LONGEST_EXPONENT_BYTES && isOdd(exponent) && isAtLeast3(exponent);
    return sound && modulus && isOdd(modulus) ? bitLength(modulus) : undefined;
  }
  const curve = type.slice('ecdsa-sha2-'.length) as Curve;
  const { jwk, bits } = CURVES[curve];
  if (reader.string()?.toString('latin1') !== curve) return undefined;
  return isOnCurve(jwk, bits, reader.string()) ? bits : undefined;
}

/** Whether the bytes are an uncompressed point of the curve (SEC 1, section 2.3.4); Node checks that it lies on it. */
function isOnCurve(crv: string, bits: number, point: Buffer | undefined): boolean {
  const length = Math.ceil(bits / 8);
  if (point?.length !== 1 + 2 * length || point[0] !== 4) return false;
  const jwk = { kty: 'EC', crv, x: base64url(point.subarray(1, 1 + length)), y: base64url(point.subarray(1 + length)) };
  try {
    createPublicKey({ key: jwk, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function formOf(jwk: JsonWebKey): { type: SshKeyType; bits: number; write: (writer: SshWriter) => void } {
  if (jwk.kty === 'RSA') {
    const modulus = bytesOf(jwk.n);
    return { type: 'ssh-rsa', bits: bitLength(modulus), write: (to) => to.mpint(bytesOf(jwk.e)).mpint(modulus) };
  }
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') {
    return { type: 'ssh-ed25519', bits: 256, write: (to) => to.string(bytesOf(jwk.x)) };
  }
  const [curve, { bits }] = (Object.entries(CURVES) as [Curve, (typeof CURVES)[Curve]][]).find(
    ([, { jwk: name }]) => jwk.kty === 'EC' && name === jwk.crv,
  ) ?? [undefined, { bits: 0 }];
  if (!curve) throw refusal('type');
  const point = Buffer.concat([Buffer.from([4]), bytesOf(jwk.x), bytesOf(jwk.y)]);
  return { type: `ecdsa-sha2-${curve}`, bits, write: (to) => to.string(curve).string(point) };
}

function bitLength(number: Buffer): number {
  return number.length * 8 - Math.clz32(number[0] ?? 0) + 24;
}

function isOdd(number: Buffer): boolean {
  return ((number.at(-1) ?? 0) & 1) === 1;
}

function isAtLeast3(number: Buffer): boolean {
  return number.length > 1 || (number[0] ?? 0) >= 3;
}

function bytesOf(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url');
}

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url');
}

function refusal(detail: 'form' | 'type' | 'size'): DomainError {
  return new DomainError('key-not-valid', { detail });
}
