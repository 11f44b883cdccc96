import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from '../core/database/database.js';
import { RecurringJob, untilEmpty } from '../core/schedule/recurring-job.js';
import { Clock } from '../core/time/clock.js';
import { SessionRepository } from './session.repository.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 60_000;
/** Rows that one statement deletes. */
const BATCH = 500;
/** Seconds for which a session that is over is told from one that never was. */
const KEPT_SECONDS = 7 * 86_400;

/** Deletes sessions that were over long ago. */
@Injectable()
export class SessionHousekeeping {
  private readonly job = new RecurringJob('housekeeping of sessions', () => this.run());

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  @Interval('session-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many sessions it deleted. */
  run(): Promise<number> {
    return untilEmpty(() => this.sessions.purge(this.database.manager, this.clock.in(-KEPT_SECONDS), BATCH));
  }
}
