import { Injectable } from '@nestjs/common';
import {
  type AttemptFinding,
  type AttemptTerms,
  type GuardedAttempt,
  GuardedAttempts,
} from '../../core/throttle/guarded-attempt.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';

/** An attempt at a password, for a gate that knows how often an address may fail. */
export type PasswordAttempt = Omit<GuardedAttempt, 'secret' | 'perAddress'>;

/**
 * Has attempts at passwords made, counted before the password is looked at. A surface whose contract bounds the failures
 * of an address in its own way, or answers them in its own words, brings its own.
 */
export interface PasswordGate {
  run<T>(attempt: PasswordAttempt, look: (terms: AttemptTerms) => Promise<AttemptFinding<T>>): Promise<T>;
}

/** Wrong passwords from one address, whoever they are for. */
const FAILURES: ThrottleRule = { name: 'log-in-failures', limit: 10, window: 180 };

/** The gate of log-ins for which no contract says more. */
@Injectable()
export class LogInGate implements PasswordGate {
  constructor(private readonly attempts: GuardedAttempts) {}

  /** Turns an address away that has failed too often. @throws DomainError `too-many-attempts` with `retryAfter` seconds */
  requireRoom(address: string): Promise<void> {
    return this.attempts.requireRoom(FAILURES, address);
  }

  /** @throws DomainError `too-many-attempts` with `retryAfter` seconds */
  run<T>(attempt: PasswordAttempt, look: (terms: AttemptTerms) => Promise<AttemptFinding<T>>): Promise<T> {
    return this.attempts.run({ ...attempt, secret: 'password', perAddress: FAILURES }, look);
  }
}
