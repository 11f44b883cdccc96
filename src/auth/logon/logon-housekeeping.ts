import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RecurringJob, untilEmpty } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { LogonSessionRepository } from './logon-session.repository.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 60_000;
/** Rows that one statement deletes. */
const BATCH = 500;
/** Seconds for which a session stays after its end, so that "expired" is told from "unknown". */
const KEPT_SECONDS = 3_600;

/** Deletes logon sessions that are over. No rule relies on it. */
@Injectable()
export class LogonHousekeeping {
  private readonly job = new RecurringJob('housekeeping of logon sessions', () => this.run());

  constructor(
    private readonly sessions: LogonSessionRepository,
    private readonly clock: Clock,
  ) {}

  @Interval('logon-session-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many sessions it deleted. */
  run(): Promise<number> {
    return untilEmpty(() => this.sessions.purge(this.clock.in(-KEPT_SECONDS), BATCH));
  }
}
