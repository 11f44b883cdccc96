import { createHmac, randomBytes } from 'node:crypto';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import type { PasswordHash, PlainSecret } from './secret-types.js';

/** OWASP's first argon2id profile: 19 MiB, two passes, one lane; about 11 ms of one core. */
const ARGON2 = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** How many hashes may run at once. The rest wait in line, so that hashing never starves the other threads. */
const CONCURRENCY = 2;

/** How many checks for strangers may be under way; about two seconds' work of two cores. */
const LINE = 256;

/** How many verified pairs of hash and password are remembered. */
const REMEMBERED = 1_000;

/**
 * argon2id (RFC 9106) off the event loop, a bounded number at a time.
 *
 * A pair of hash and password that was verified once is recognised again by a digest under a key that only this
 * process knows: a portal that sends the same Basic credentials with each call pays for the hash once. The stored hash
 * is part of the digest, so a changed password is never recognised.
 */
@Injectable()
export class PasswordHasher {
  private readonly processKey = randomBytes(32);
  private readonly verified = new Set<string>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private inLine = 0;
  private placeholder: Promise<PasswordHash> | undefined;

  /** Hashes after Unicode normalisation to NFKC (NIST SP 800-63B section 5.1.1.2). */
  hash(password: PlainSecret): Promise<PasswordHash> {
    return this.bounded(async () => (await hash(password.normalize('NFKC'), ARGON2)) as PasswordHash);
  }

  async verify(stored: PasswordHash, password: PlainSecret): Promise<boolean> {
    const mark = this.mark(stored, password);
    if (this.verified.has(mark)) return true;
    const matches = await this.bounded(() => verify(stored, password.normalize('NFKC')));
    if (matches) this.remember(mark);
    return matches;
  }

  /**
   * Runs a check that a stranger asked for, from before the attempt is counted, unless too many are under way: the line
   * must not grow with the number of those who ask. A pair that was verified before needs no hash and always has room,
   * so that a portal at work goes on working.
   *
   * @throws DomainError `directory-unavailable` when there is no room
   */
  async forStranger<T>(
    stored: PasswordHash | null | undefined,
    password: PlainSecret,
    check: () => Promise<T>,
  ): Promise<T> {
    if (stored && this.verified.has(this.mark(stored, password))) return check();
    if (this.inLine >= LINE) {
      throw new DomainError('directory-unavailable', { detail: `${LINE} passwords are being checked already` });
    }
    this.inLine += 1;
    try {
      return await check();
    } finally {
      this.inLine -= 1;
    }
  }

  /** Costs what {@link verify} costs and is never true: for people who do not exist or have no password. */
  async verifyNobody(password: PlainSecret): Promise<false> {
    this.placeholder ??= this.hash(randomBytes(32).toString('base64') as PlainSecret).catch((error: unknown) => {
      this.placeholder = undefined;
      throw error;
    });
    const stored = await this.placeholder;
    await this.bounded(() => verify(stored, password.normalize('NFKC')));
    return false;
  }

  private mark(stored: PasswordHash, password: PlainSecret): string {
    return createHmac('sha256', this.processKey).update(stored).update('\0').update(password).digest('base64');
  }

  private remember(mark: string): void {
    if (this.verified.size >= REMEMBERED) {
      const [oldest] = this.verified;
      if (oldest !== undefined) this.verified.delete(oldest);
    }
    this.verified.add(mark);
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= CONCURRENCY) await new Promise<void>((go) => this.waiting.push(go));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
