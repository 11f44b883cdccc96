import { Injectable } from '@nestjs/common';
import { KeyRing } from '../crypto/key-ring.js';
import { RandomSource } from '../crypto/random-source.js';
import { type KeyedDigest, plainSecret, type PlainSecret } from '../crypto/secret-types.js';
import type { RequestPurpose } from './request-purpose.js';

type Kind = 'link' | 'page-session';

/** 32 random bytes as base64url. */
const LINK_SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * Secrets of one-time requests: made here, stored as keyed digests. Kind and purpose are part of the digest, so that a
 * secret shown in another's place is never found (attack classes 6, 9, 10).
 */
@Injectable()
export class RequestSecrets {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
  ) {}

  make(kind: Kind, purpose: RequestPurpose): { secret: PlainSecret; digest: KeyedDigest } {
    const secret = this.random.linkSecret();
    return { secret, digest: this.keyRing.digest(secret, context(kind, purpose)) };
  }

  /** Digests under which the row of `secret` may be stored; none when it cannot be a secret of ours. */
  candidates(kind: Kind, purpose: RequestPurpose, secret: string): KeyedDigest[] {
    return LINK_SECRET.test(secret) ? this.keyRing.digests(plainSecret(secret), context(kind, purpose)) : [];
  }
}

function context(kind: Kind, purpose: RequestPurpose): string {
  return `${kind} ${purpose.name}`;
}
