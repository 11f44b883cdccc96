import { createHmac, randomBytes } from 'node:crypto';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { hashesAtOnceHere } from './hashing-threads.js';
import type { PasswordHash, PlainSecret } from './secret-types.js';
import { type Place, WorkLine } from './work-line.js';

/** OWASP's first argon2id profile: 19 MiB, two passes, one lane; about 11 ms of one core. */
const ARGON2 = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes under way and waiting; about a second and a half of work for two cores. */
const PLACES = 288;

/** Places that strangers leave to people whose link, session or command was found good. */
const KEPT = 32;

/** How many verified pairs of hash and password are remembered. */
const REMEMBERED = 1_000;

/**
 * argon2id (RFC 9106) off the event loop, all in one line of bounded length, of which as many run at once as there are
 * cores, eight at the most. Each needs 19 MiB while it runs: 152 MiB on eight cores or more.
 *
 * A pair of hash and password that was verified once is recognised again by a digest under a key that only this
 * process knows: a portal that sends the same Basic credentials with each call pays for the hash once. The stored hash
 * is part of the digest, so a changed password is never recognised.
 *
 * Every method throws DomainError `overloaded` when the line is full.
 */
@Injectable()
export class PasswordHasher {
  private readonly processKey = randomBytes(32);
  private readonly verified = new Set<string>();
  private readonly line = new WorkLine({ atOnce: hashesAtOnceHere(), places: PLACES, kept: KEPT });
  private placeholder: Promise<PasswordHash> | undefined;

  /** Hashes after Unicode normalisation to NFKC (NIST SP 800-63B section 5.1.1.2). */
  hash(password: PlainSecret): Promise<PasswordHash> {
    return this.inLine(undefined, async () => (await hash(password.normalize('NFKC'), ARGON2)) as PasswordHash);
  }

  /** @param place the caller's in the line, from {@link forStranger}; takes one of its own without */
  async verify(stored: PasswordHash, password: PlainSecret, place?: Place): Promise<boolean> {
    const mark = this.mark(stored, password);
    if (this.verified.has(mark)) return true;
    const matches = await this.inLine(place, () => verify(stored, password.normalize('NFKC')));
    if (matches) this.remember(mark);
    return matches;
  }

  /**
   * Runs a check that a stranger asked for, from before the attempt is counted, unless too many are under way: the line
   * must not grow with the number of those who ask. A pair that was verified before needs no hash and always has room,
   * so that a portal at work goes on working.
   */
  async forStranger<T>(
    stored: PasswordHash | null | undefined,
    password: PlainSecret,
    check: (place: Place | undefined) => Promise<T>,
  ): Promise<T> {
    if (stored && this.verified.has(this.mark(stored, password))) return check(undefined);
    const place = this.line.enter('stranger');
    try {
      return await check(place);
    } finally {
      place.leave();
    }
  }

  /** Costs what {@link verify} costs and is never true: for people who do not exist or have no password. */
  async verifyNobody(password: PlainSecret, place?: Place): Promise<false> {
    this.placeholder ??= this.hash(randomBytes(32).toString('base64') as PlainSecret).catch((error: unknown) => {
      this.placeholder = undefined;
      throw error;
    });
    const stored = await this.placeholder;
    await this.inLine(place, () => verify(stored, password.normalize('NFKC')));
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

  private async inLine<T>(place: Place | undefined, piece: () => Promise<T>): Promise<T> {
    if (place) return place.work(piece);
    const own = this.line.enter('known');
    try {
      return await own.work(piece);
    } finally {
      own.leave();
    }
  }
}
