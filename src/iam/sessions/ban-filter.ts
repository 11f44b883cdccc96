import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { type AttemptFinding, type AttemptTerms, GuardedAttempts } from '../../core/throttle/guarded-attempt.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import { addressBucket } from '../../core/web/client-address.js';
import type { PasswordAttempt, PasswordGate } from '../../sessions/log-in/password-gate.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';

/** Failed log-ins and unknown session ids of one address: after five in three minutes nothing is looked at (section 2). */
const FAILURES: ThrottleRule = { name: 'iam-failures', limit: 5, window: 180 };

/** Dead ids of requests that one address shows: after ten in three minutes the same (section 9). */
const DEAD_IDS: ThrottleRule = { name: 'iam-dead-ids', limit: 10, window: 180 };

/**
 * The ban filter of iam-rest section 2: an address that has failed too often is answered 403 until its three minutes are
 * over, whatever it asks for. Counts are shared by all processes and kept over restarts; IPv6 counts by /64.
 */
@Injectable()
export class BanFilter implements PasswordGate {
  constructor(
    private readonly attempts: GuardedAttempts,
    private readonly throttle: Throttle,
  ) {}

  /** @throws RestRefusal 403/1403 with `Retry-After` */
  async requireRoom(address: string): Promise<void> {
    await this.asBan(() => this.attempts.requireRoom(FAILURES, address));
    const dead = await this.throttle.peek(DEAD_IDS, addressBucket(address));
    if (!dead.allowed) throw RestRefusal.banned(dead.retryAfter);
  }

  /** Counts a session id that was never given out. */
  async countUnknownSession(address: string): Promise<void> {
    await this.attempts.countFailure(FAILURES, address);
  }

  /** Has an attempt at a password made, counted before the password is looked at. @throws as {@link requireRoom} */
  run<T>(attempt: PasswordAttempt, look: (terms: AttemptTerms) => Promise<AttemptFinding<T>>): Promise<T> {
    return this.asBan(() => this.attempts.run({ ...attempt, secret: 'password', perAddress: FAILURES }, look));
  }

  /**
   * Looks for the request behind an id, counted before it is looked for; what is found is not counted.
   *
   * @throws RestRefusal 404/1404 when there is none, 403/1403 when there were too many of those
   */
  async require<T>(address: string, look: () => Promise<T | undefined>): Promise<T> {
    const subject = addressBucket(address);
    const counted = await this.throttle.hit(DEAD_IDS, subject);
    if (!counted.allowed) throw RestRefusal.banned(counted.retryAfter);
    let found: T | undefined;
    try {
      found = await look();
    } catch (error) {
      await this.throttle.refund(DEAD_IDS, subject, counted);
      throw error;
    }
    if (found === undefined) throw RestRefusal.notFound('request');
    await this.throttle.refund(DEAD_IDS, subject, counted);
    return found;
  }

  private async asBan<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!DomainError.is(error, 'too-many-attempts')) throw error;
      throw RestRefusal.banned(Number(error.params['retryAfter'] ?? 1));
    }
  }
}
