import type { KeyRing } from '../../../core/crypto/key-ring.js';
import { plainSecret, type Sealed } from '../../../core/crypto/secret-types.js';
import { type Seed, seedFromText, seedText } from '../../oath/seed.js';
import { TOKEN_SECRET } from '../../token-secrets.js';

/** What we share with an OCRA token. */
export interface OcraSecret {
  readonly seed: Seed;
  /** Digest of the PIN, for suites that hash it in (RFC 6287 section 5.1, *P*); see `ocraPinDigest`. */
  readonly pinDigest?: Uint8Array | undefined;
}

/** Seals seed and PIN digest together: both are needed for a response, and neither may be read. */
export function sealOcraSecret(keyRing: KeyRing, { seed, pinDigest }: OcraSecret): Sealed {
  const parts = [seedText(seed), ...(pinDigest ? [Buffer.from(pinDigest).toString('base64')] : [])];
  return keyRing.seal(plainSecret(parts.join(' ')), TOKEN_SECRET);
}

/** Opens what {@link sealOcraSecret} made. */
export function openOcraSecret(keyRing: KeyRing, sealed: Sealed): OcraSecret {
  const [seed = '', pin] = keyRing.open(sealed, TOKEN_SECRET).split(' ');
  return {
    seed: seedFromText(plainSecret(seed)),
    ...(pin !== undefined && { pinDigest: new Uint8Array(Buffer.from(pin, 'base64')) }),
  };
}
