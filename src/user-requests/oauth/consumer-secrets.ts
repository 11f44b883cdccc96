import { Injectable } from '@nestjs/common';
import { KeyRing, type SecretPurpose } from '../../core/crypto/key-ring.js';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import type { Consumer } from './consumers.js';

/** Digests of consumers' secrets, made once for each configuration: with a new secret the tokens of the old one die. */
@Injectable()
export class ConsumerSecrets {
  private readonly made = new WeakMap<Consumer, Map<SecretPurpose, readonly KeyedDigest[]>>();

  constructor(private readonly keyRing: KeyRing) {}

  /** Under every key of the ring, the one to store first. */
  digests(consumer: Consumer, purpose: SecretPurpose): readonly KeyedDigest[] {
    const known = this.made.get(consumer) ?? new Map<SecretPurpose, readonly KeyedDigest[]>();
    this.made.set(consumer, known);
    const digests = known.get(purpose) ?? this.keyRing.digests(consumer.secret, purpose);
    known.set(purpose, digests);
    return digests;
  }

  /** The one to store. */
  digest(consumer: Consumer, purpose: SecretPurpose): KeyedDigest {
    return this.keyRing.digest(consumer.secret, purpose);
  }
}
