import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { AttemptContext } from '../verification/attempts.js';
import type { PushRequest } from './push-request.entity.js';
import { type NewPushRequest, PushRequestRepository } from './push-request.repository.js';

/** A request about to be put, and how often its person may be asked in vain. */
export interface BookedPush {
  readonly request: Omit<NewPushRequest, 'createdAt' | 'expiresAt'>;
  /** Seconds. */
  readonly timeout: number;
  /** Requests in a row without an approval that count, and for how many seconds. */
  readonly limit: number;
  readonly pause: number;
  readonly context: AttemptContext;
}

/** Puts requests: one open at a time for a person, and not again and again (attack class 43). */
@Injectable()
export class PushRequestBook {
  constructor(
    private readonly repository: PushRequestRepository,
    private readonly accounts: Accounts,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * A request that is open is superseded in the same moment. Requests of one person are put one after the other.
   *
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds
   */
  put({ request, timeout, limit, pause, context }: BookedPush): Promise<PushRequest> {
    return this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, request.accountId);
      const now = this.clock.now();
      const unanswered = await this.repository.unanswered(tx, request.accountId, this.clock.in(-pause));
      const oldest = unanswered.at(-limit);
      if (oldest) {
        const over = oldest.getTime() + pause * 1000 - now.getTime();
        throw new DomainError('too-many-attempts', { params: { retryAfter: Math.max(1, Math.ceil(over / 1000)) } });
      }
      const put = await this.repository.put(tx, { ...request, createdAt: now, expiresAt: this.clock.in(timeout) });
      await this.audit.record(tx, {
        ...context,
        event: 'push-request.made',
        outcome: 'success',
        accountId: request.accountId,
        detail: { application: request.application, numberMatch: request.number !== null },
      });
      return put;
    });
  }
}
