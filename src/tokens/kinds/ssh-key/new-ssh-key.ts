import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { DomainError } from '../../../core/errors/domain-error.js';

const generate = promisify(generateKeyPair);

/** What a person or caller chooses for a new key. `ECC` is the word of `SpanKey.Key_Register`. */
export interface SshKeyChoice {
  readonly type: 'RSA' | 'ECC' | 'Ed25519';
  /** Bits; 3072 for RSA and 256 for ECC unless given, of no meaning for Ed25519. */
  readonly size?: number | undefined;
}

const RSA_SIZES = new Set([2_048, 3_072, 4_096]);
const CURVES: Readonly<Record<number, string>> = { 256: 'P-256', 384: 'P-384', 521: 'P-521' };

/**
 * Makes a key pair, off the event loop.
 *
 * @returns the private key
 * @throws DomainError `key-not-valid` for a size that is not offered
 */
export async function newSshKey({ type, size }: SshKeyChoice): Promise<KeyObject> {
  if (type === 'Ed25519') return (await generate('ed25519')).privateKey;
  if (type === 'RSA') {
    const modulusLength = size ?? 3_072;
    if (!RSA_SIZES.has(modulusLength)) throw new DomainError('key-not-valid', { detail: 'size' });
    return (await generate('rsa', { modulusLength })).privateKey;
  }
  const namedCurve = CURVES[size ?? 256];
  if (namedCurve === undefined) throw new DomainError('key-not-valid', { detail: 'size' });
  return (await generate('ec', { namedCurve })).privateKey;
}
