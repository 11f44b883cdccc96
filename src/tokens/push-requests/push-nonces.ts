import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';

/** Seconds for which a nonce can be signed and sent. */
const NONCE_SECONDS = 120;
const NONCE_BYTES = 12;
const SHAPE = /^([0-9]{1,12})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{1,64}\.[0-9a-f]{64})$/;

/**
 * Nonces for devices to sign. Giving one out stores nothing, so that a stranger who asks for many fills no table; a used
 * one is kept until its time is over.
 */
@Injectable()
export class PushNonces {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  issue(): string {
    const until = Math.floor(this.clock.in(NONCE_SECONDS).getTime() / 1000);
    const value = `${until}.${Buffer.from(this.random.bytes(NONCE_BYTES)).toString('base64url')}`;
    return `${value}.${this.keyRing.digest(plainSecret(value), 'push-nonce')}`;
  }

  /** Whether it is one of ours whose time is not over; it may have been used already. */
  isOurs(nonce: string): boolean {
    const [, until = '', random = '', digest = ''] = SHAPE.exec(nonce) ?? [];
    const ours = this.keyRing.digests(plainSecret(`${until}.${random}`), 'push-nonce');
    return this.endOf(until) > this.clock.now() && ours.some((candidate) => equalSecrets(candidate, digest));
  }

  /** Uses up a nonce that {@link isOurs}. @returns false when it was used before, by whichever rival */
  async use(nonce: string): Promise<boolean> {
    const [until = '', random = ''] = nonce.split('.');
    const used = await this.database.query(
      'INSERT INTO push_nonces (nonce, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING nonce',
      [random, this.endOf(until)],
    );
    return used.length > 0;
  }

  private endOf(until: string): Date {
    return new Date(Number(until) * 1000);
  }
}
