import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test wants otherwise than a faithful browser with a faithful key would do it. */
export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  /** Whether the key recognises its owner; it does unless told otherwise. */
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  readonly userHandle?: string;
  readonly counter?: number;
  /** Signs with another key. */
  readonly forged?: boolean;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

/** A browser at one origin with one FIDO key in it (WebAuthn Level 3, section 6), as code. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32);
  /** Signature counter; keys that count nothing stay at 0. */
  counter = 0;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private handle: string | undefined;

  constructor(
    private readonly origin: string,
    private readonly counts = true,
  ) {}

  create(options: PublicKeyCredentialCreationOptionsJSON, deviation: Deviation = {}): RegistrationResponseJSON {
    this.handle = options.user.id;
    const clientDataJSON = this.clientData('webauthn.create', options.challenge, deviation);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, coseKey(this.keys.publicKey)]);
    const authData = this.authenticatorData(options.rp.id ?? '', deviation, attested);
    const attestationObject = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]) as Parameters<typeof isoCBOR.encode>[0],
    );
    return {
      ...this.credential(),
      response: {
        clientDataJSON: base64url(clientDataJSON),
        attestationObject: base64url(attestationObject),
        transports: ['usb'],
      },
    };
  }

  get(options: PublicKeyCredentialRequestOptionsJSON, deviation: Deviation = {}): AuthenticationResponseJSON {
    if (this.counts) this.counter += 1;
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, deviation);
    const authData = this.authenticatorData(options.rpId ?? '', deviation);
    const key = deviation.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : this.keys.privateKey;
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientDataJSON)]), key);
    const userHandle = deviation.userHandle ?? this.handle;
    return {
      ...this.credential(),
      response: {
        clientDataJSON: base64url(clientDataJSON),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        ...(userHandle !== undefined && { userHandle }),
      },
    };
  }

  private credential() {
    const id = base64url(this.id);
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  private clientData(type: string, challenge: string, deviation: Deviation): Buffer {
    const { origin = this.origin, crossOrigin = false } = deviation;
    return Buffer.from(
      JSON.stringify({
        type: deviation.type ?? type,
        challenge: deviation.challenge ?? challenge,
        origin,
        crossOrigin,
      }),
    );
  }

  private authenticatorData(rpId: string, deviation: Deviation, attested?: Buffer): Buffer {
    const { userPresent = true, userVerified = true, counter = this.counter } = deviation;
    const head = Buffer.alloc(5);
    head[0] =
      (userPresent ? USER_PRESENT : 0) | (userVerified ? USER_VERIFIED : 0) | (attested === undefined ? 0 : ATTESTED);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(Buffer.from(deviation.rpId ?? rpId)), head, attested ?? Buffer.alloc(0)]);
  }
}

/** COSE_Key of an ES256 key (RFC 9053 section 7.1.1). */
function coseKey(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return isoCBOR.encode(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]) as Parameters<typeof isoCBOR.encode>[0],
  );
}

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

function base64url(data: Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}
