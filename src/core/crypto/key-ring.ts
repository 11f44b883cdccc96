import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { RandomSource } from './random-source.js';
import type { KeyedDigest, PlainSecret, Sealed } from './secret-types.js';

/** What a digest or a sealed value is for. Part of its key or its additional data, so one kind never passes as another. */
export type SecretPurpose = string;

interface RingKey {
  readonly id: string;
  readonly sealing: KeyObject;
  readonly digesting: KeyObject;
}

/** One master key as configured: an id without dots, and 32 bytes of key. */
export interface MasterKey {
  readonly id: string;
  readonly key: Uint8Array;
}

const NONCE_BYTES = 12;

/**
 * Seals secrets that must be read again (AES-256-GCM, NIST SP 800-38D) and digests those that need only be recognised
 * (HMAC-SHA-256, RFC 2104). The first key seals and digests; all keys open and recognise, so a key can be rotated in
 * front while older rows keep working. Sub-keys come from HKDF (RFC 5869), one for each use.
 */
export class KeyRing {
  private readonly keys: readonly RingKey[];
  private readonly current: RingKey;

  constructor(
    masterKeys: readonly MasterKey[],
    private readonly random: RandomSource,
  ) {
    this.keys = masterKeys.map(({ id, key }) => ({
      id,
      sealing: derive(key, 'latchkey sealing v1'),
      digesting: derive(key, 'latchkey digests v1'),
    }));
    const [current] = this.keys;
    if (!current) throw new Error('the key ring needs at least one master key');
    this.current = current;
  }

  /** The id of the key that seals now. */
  get currentKeyId(): string {
    return this.current.id;
  }

  /** Seals `value`; `purpose` is authenticated with it and must be given again to open. */
  seal(value: PlainSecret, purpose: SecretPurpose): Sealed {
    const { id, sealing } = this.current;
    const nonce = this.random.bytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(purpose, 'utf8'));
    const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return [id, base64url(nonce), base64url(cipher.getAuthTag()), base64url(text)].join('.') as Sealed;
  }

  /**
   * Opens what {@link seal} made.
   *
   * @throws Error when the key is not in the ring, the purpose is another or the text was changed
   */
  open(sealed: Sealed, purpose: SecretPurpose): PlainSecret {
    const [id, nonce, tag, text] = sealed.split('.');
    const key = this.keys.find((candidate) => candidate.id === id);
    if (!key) throw new Error(`no key "${id}" in the key ring`);
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, Buffer.from(nonce ?? '', 'base64url'), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(purpose, 'utf8'))
      .setAuthTag(Buffer.from(tag ?? '', 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text ?? '', 'base64url')), decipher.final()]).toString(
      'utf8',
    ) as PlainSecret;
  }

  /** Whether `sealed` lies under the key that seals now. */
  isCurrent(sealed: Sealed): boolean {
    return sealed.startsWith(`${this.current.id}.`);
  }

  /** The digest to store for a new secret. */
  digest(value: PlainSecret, purpose: SecretPurpose): KeyedDigest {
    return digestWith(this.current, value, purpose);
  }

  /** Every digest under which an older key may have stored `value`, the current one first. Look rows up with `IN`. */
  digests(value: PlainSecret, purpose: SecretPurpose): KeyedDigest[] {
    return this.keys.map((key) => digestWith(key, value, purpose));
  }
}

function derive(key: Uint8Array, info: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', info, 32)));
}

function digestWith(key: RingKey, value: PlainSecret, purpose: SecretPurpose): KeyedDigest {
  const hex = createHmac('sha256', key.digesting).update(`${purpose}\0${value}`).digest('hex');
  return `${key.id}.${hex}` as KeyedDigest;
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
