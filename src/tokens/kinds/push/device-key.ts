import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A public key as the device sends it and we keep it: ECDSA on P-256 (RFC 7518, section 6.2.1). */
export interface DeviceKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

const COORDINATE = /^[A-Za-z0-9_-]{43}$/;
/** r and s, 32 bytes each, as WebCrypto signs (IEEE P1363). */
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/;

/**
 * Reads the public key of a device. A private key in it is a device at fault: such a key is refused, and nothing of it
 * kept.
 *
 * @param value JWK (RFC 7517), parsed
 * @returns undefined when it is not such a key, or its point not on the curve
 */
export function readDeviceKey(value: unknown): DeviceKey | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kty, crv, x, y, d } = value as Record<string, unknown>;
  if (kty !== 'EC' || crv !== 'P-256' || d !== undefined) return undefined;
  if (typeof x !== 'string' || typeof y !== 'string' || !COORDINATE.test(x) || !COORDINATE.test(y)) return undefined;
  const key: DeviceKey = { kty, crv, x, y };
  return open(key) && key;
}

/** RFC 7638, base64url: names the key in what is signed and in the serial number. */
export function thumbprint({ crv, kty, x, y }: DeviceKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

/** Whether the device has signed exactly this text: ES256 (RFC 7518, section 3.4), base64url. */
export function hasSigned(key: DeviceKey, text: string, signature: unknown): boolean {
  const opened = typeof signature === 'string' && SIGNATURE.test(signature) ? open(key) : undefined;
  if (!opened) return false;
  const bytes = Buffer.from(String(signature), 'base64url');
  return verify('sha256', Buffer.from(text), { key: opened, dsaEncoding: 'ieee-p1363' }, bytes);
}

function open(key: DeviceKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...key }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
