import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from '../database/database.js';
import { DomainError } from '../errors/domain-error.js';
import { RecurringJob } from '../schedule/recurring-job.js';
import { Clock } from '../time/clock.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { OneTimeRequests } from './one-time-requests.js';
import type { RequestPurpose } from './request-purpose.js';
import { StaleClaimRepository } from './stale-claim.repository.js';
import { stepTimes } from './step-times.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 30_000;
/** Rows read at once. */
const BATCH = 100;

/** Finds out what became of a submission whose process ended in the middle of it. */
export interface SubmissionSettler {
  /**
   * Completes the request when its submission had its effect, and gives the claim back when it had none; by guarded
   * statements, because others may be about the same request.
   *
   * @throws DomainError of category `unavailable` when that cannot be told now
   */
  settle(claimed: OneTimeRequest): Promise<void>;
}

/**
 * Settles submissions that never came back: their process died between their effect outside our database and our
 * commit (attack class 54). A purpose without effects outside needs no settler; its claims are given back.
 */
@Injectable()
export class InterruptedSubmissions {
  private readonly logger = new Logger(InterruptedSubmissions.name);
  private readonly job = new RecurringJob('settlement of interrupted submissions', () => this.run());
  private readonly settlers = new Map<string, SubmissionSettler>();

  constructor(
    private readonly database: Database,
    private readonly claims: StaleClaimRepository,
    private readonly requests: OneTimeRequests,
    private readonly clock: Clock,
  ) {}

  @Interval('interrupted-submissions', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** Says who settles submissions of a purpose. */
  settleWith(purpose: RequestPurpose, settler: SubmissionSettler): void {
    this.settlers.set(purpose.name, settler);
  }

  /** One whole run. A directory that is away keeps the submissions of its domain waiting, and no others. */
  async run(): Promise<void> {
    const seen: string[] = [];
    const waiting = new Set<string>();
    for (;;) {
      const without = { ids: seen, domainIds: [...waiting] };
      const found = await this.claims.find(this.database.manager, this.staleBefore(), without, BATCH);
      if (found.length === 0) return;
      for (const claimed of found) {
        seen.push(claimed.id);
        if (!waiting.has(claimed.domainId) && !(await this.attempt(claimed))) waiting.add(claimed.domainId);
      }
    }
  }

  /**
   * Settles the submission of this request when it is an interrupted one.
   *
   * @throws DomainError of category `unavailable` when that cannot be done now
   */
  async settle(request: OneTimeRequest): Promise<void> {
    if (!request.claimedAt || request.claimedAt > this.staleBefore()) return;
    const settler = this.settlers.get(request.purpose);
    if (settler) return settler.settle(request);
    await this.database.transaction((tx) => this.requests.release(tx, request));
  }

  /** Whether others of the same domain are worth an attempt. */
  private async attempt(claimed: OneTimeRequest): Promise<boolean> {
    try {
      await this.settle(claimed);
      return true;
    } catch (error) {
      if (DomainError.is(error, 'database-unavailable')) throw error;
      this.logger.warn({ err: error, requestId: claimed.id }, 'an interrupted submission could not be settled yet');
      return !(DomainError.is(error) && error.category === 'unavailable');
    }
  }

  private staleBefore(): Date {
    return stepTimes(this.clock).staleBefore;
  }
}
