import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from '../database/database.js';
import { Configuration } from '../domains/configuration.js';
import { RecurringJob, untilEmpty } from '../schedule/recurring-job.js';
import { Clock } from '../time/clock.js';
import { OverdueRequestRepository, type Sweep } from './overdue-request.repository.js';
import { SYSTEM } from './request-actor.js';
import { RequestAudit } from './request-audit.js';
import { pageSessionIdleMinutes, requestRetentionDays } from './request-settings.js';
import { UNOPENED_STATES } from './request-states.js';
import { stepTimes } from './step-times.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 30_000;
/** Rows that one statement ends or deletes. */
const BATCH = 500;
const DAY_SECONDS = 86_400;

const OVERDUE: Sweep = { from: UNOPENED_STATES, to: 'expired', reason: 'deadline', due: 'expires_at' };
const IDLE: Sweep = { from: ['opened'], to: 'abandoned', reason: 'idle', due: 'page_session_seen_at' };

/**
 * Ends what is overdue and deletes what was kept long enough. The guards of the requests never rely on it: a request
 * past its deadline is dead whether or not this job has run.
 *
 * Any number of processes may run it at once: rows that one holds are skipped by the others, and each row is ended, and
 * written into the audit, exactly once.
 */
@Injectable()
export class RequestExpiry {
  private readonly job = new RecurringJob('expiry of requests', () => this.run());

  constructor(
    private readonly database: Database,
    private readonly requests: OverdueRequestRepository,
    private readonly configuration: Configuration,
    private readonly audit: RequestAudit,
    private readonly clock: Clock,
  ) {}

  @Interval('request-expiry', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run, batch by batch until nothing is due. Returns how many rows it ended and deleted. */
  async run(): Promise<{ ended: number; deleted: number }> {
    const snapshot = await this.configuration.snapshot();
    const idle = this.clock.in(-60 * snapshot.setting(pageSessionIdleMinutes));
    const kept = this.clock.in(-DAY_SECONDS * snapshot.setting(requestRetentionDays));
    const ended = (await this.sweepAll(OVERDUE, this.clock.now())) + (await this.sweepAll(IDLE, idle));
    const deleted = await untilEmpty(() => this.requests.deleteEnded(this.database.manager, kept, BATCH));
    return { ended, deleted };
  }

  private sweepAll(sweep: Sweep, before: Date): Promise<number> {
    return untilEmpty(() =>
      this.database.transaction(async (tx) => {
        const ended = await this.requests.sweep(tx, sweep, { ...stepTimes(this.clock), before }, BATCH);
        for (const request of ended) await this.audit.record(tx, request, sweep.to, SYSTEM);
        return ended.length;
      }),
    );
  }
}
