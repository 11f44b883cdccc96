import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../crypto/equal-secrets.js';
import { KeyRing } from '../crypto/key-ring.js';
import { RandomSource } from '../crypto/random-source.js';
import { type KeyedDigest, plainSecret, type PlainSecret } from '../crypto/secret-types.js';
import type { RequestPurpose } from './request-purpose.js';
import { SECRET_SHAPES } from './secret-shapes.js';

/** `link` is delivered, `receipt` is returned to the caller, `page-session` is the cookie of who opened the link. */
type Kind = 'link' | 'receipt' | 'page-session';

/** A secret just made, and what is stored of it. */
export interface MadeSecret {
  readonly secret: PlainSecret;
  readonly digest: KeyedDigest;
}

/** No PIN is longer. */
const PIN = /^[0-9]{1,20}$/;

/**
 * Secrets of one-time requests: made here, stored as keyed digests. Kind and purpose are part of the digest, so that a
 * secret shown in another's place is never found (attack classes 6, 9, 10); a PIN, which two requests may well share, is
 * bound to its request.
 */
@Injectable()
export class RequestSecrets {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  make(kind: Kind, purpose: RequestPurpose): MadeSecret {
    const secret = shapeOf(kind, purpose).make(this.random);
    return { secret, digest: this.keyRing.digest(secret, context(kind, purpose)) };
  }

  makePin(purpose: RequestPurpose, requestId: string, digits: number): MadeSecret {
    const secret = this.random.digits(digits);
    return { secret, digest: this.keyRing.digest(secret, pinContext(purpose, requestId)) };
  }

  /** Digests under which the row of `secret` may be stored; none when it cannot be a secret of ours. */
  candidates(kind: Kind, purpose: RequestPurpose, secret: string): KeyedDigest[] {
    const { pattern, canonical } = shapeOf(kind, purpose);
    if (!pattern.test(secret)) return [];
    return this.keyRing.digests(plainSecret(canonical(secret)), context(kind, purpose));
  }

  /** Whether `shown` is the secret whose digest is `stored`. */
  matches(kind: Kind, purpose: RequestPurpose, stored: KeyedDigest | null, shown: string): boolean {
    return includes(this.candidates(kind, purpose, shown), stored);
  }

  matchesPin(purpose: RequestPurpose, requestId: string, stored: KeyedDigest | null, shown: string): boolean {
    if (!PIN.test(shown)) return false;
    return includes(this.keyRing.digests(plainSecret(shown), pinContext(purpose, requestId)), stored);
  }
}

function shapeOf(
  kind: Kind,
  { secretShape = 'base64url' }: RequestPurpose,
): (typeof SECRET_SHAPES)[typeof secretShape] {
  return SECRET_SHAPES[kind === 'page-session' ? 'base64url' : secretShape];
}

function context(kind: Kind, purpose: RequestPurpose): string {
  return `${kind} ${purpose.name}`;
}

function pinContext(purpose: RequestPurpose, requestId: string): string {
  return `pin ${purpose.name} ${requestId}`;
}

/** Compares with each, so that the time does not tell which key it was. */
function includes(candidates: readonly KeyedDigest[], stored: KeyedDigest | null): boolean {
  return candidates.map((candidate) => equalSecrets(candidate, stored)).includes(true);
}
