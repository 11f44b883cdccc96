import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Throttle } from '../core/throttle/throttle.js';
import type { ThrottleRule } from '../core/throttle/throttle-rule.js';

/** One at a time; a turn whose process has died is over after a minute. */
const TURN: ThrottleRule = { name: 'password turn', limit: 1, window: 60 };

/** Seconds after which to come back: a change takes no longer as a rule. */
const RETRY_SECONDS = 1;

/**
 * Lets people who change their own password in a remote directory do so one after the other, in whatever process: between
 * the look at the old one and the writing of the new one another change could pass with the same old one (attack class
 * 11). The turn is a row, so that no connection waits for the directory. Our own directory decides in a transaction.
 */
@Injectable()
export class PasswordTurns {
  constructor(private readonly throttle: Throttle) {}

  /**
   * @param work looks at the old password and sets the new one
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds while another change is under way; what `work` throws
   */
  async take<T>({ account, directory }: FoundPerson, work: () => Promise<T>): Promise<T> {
    if (directory.kind === 'builtin') return work();
    const turn = await this.throttle.hit(TURN, account.id);
    try {
      if (turn.allowed) return await work();
    } finally {
      await this.throttle.refund(TURN, account.id, turn);
    }
    throw new DomainError('too-many-attempts', { params: { retryAfter: RETRY_SECONDS }, detail: 'another change' });
  }
}
