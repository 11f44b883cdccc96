import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database, type Tx } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';
import type { CountedFor } from '../token-kinds.js';
import type { CountedAuthenticator } from './attempt-shapes.js';
import { AttemptRepository } from './attempt.repository.js';
import type { AttemptOrder } from './attempts.js';

/** What is presented by whom, where no token of theirs is needed. */
export type TokenlessOrder = Omit<AttemptOrder, 'authenticator' | 'kinds' | 'tokenId'> & {
  readonly authenticator: CountedFor;
};

/** As `Attempts`, for what people prove without a token of theirs: a passcode sent to the address in the directory. */
@Injectable()
export class TokenlessAttempts {
  constructor(
    private readonly repository: AttemptRepository,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the attempt, committed by itself.
   *
   * @returns false while the authenticator is locked, and nothing is counted
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds while there may be no other attempt
   */
  count(order: TokenlessOrder): Promise<boolean> {
    return this.repository.count(this.counted(order));
  }

  /** Whether an attempt would find the authenticator locked. */
  locked(order: TokenlessOrder): Promise<boolean> {
    return this.repository.locked(this.counted(order));
  }

  /**
   * Writes down an attempt that was right, together with what uses it up.
   *
   * @param consume answers whether it was the first
   */
  settle(order: TokenlessOrder, consume: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    const { accountId, authenticator, context } = order;
    return this.database.transaction(async (tx) => {
      if (!(await consume(tx))) return false;
      await this.repository.forgetFailures(tx, this.counted(order));
      await this.audit.record(tx, {
        ...context,
        event: 'authenticator.verified',
        outcome: 'success',
        accountId,
        detail: { ...context.detail, authenticator },
      });
      return true;
    });
  }

  private counted({ accountId, authenticator, rules }: TokenlessOrder): CountedAuthenticator {
    return {
      accountId,
      authenticator,
      now: this.clock.now(),
      limit: rules.maxFailures,
      unlockedBefore: rules.lockSeconds === undefined ? undefined : this.clock.in(-rules.lockSeconds),
      growingDelay: rules.growingDelay ?? false,
    };
  }
}
