import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from '../../../core/database/database.js';
import { RecurringJob, untilEmpty } from '../../../core/schedule/recurring-job.js';
import { AppKeyHandover } from './app-key-handover.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 300_000;
/** Rows that one statement changes. */
const BATCH = 500;

/** Forgets application passwords that were never fetched. No rule relies on it: after the hour nobody is given them. */
@Injectable()
export class AppKeyHousekeeping {
  private readonly job = new RecurringJob('housekeeping of application passwords', () => this.run());

  constructor(
    private readonly handover: AppKeyHandover,
    private readonly database: Database,
  ) {}

  @Interval('app-key-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many passwords it forgot. */
  run(): Promise<number> {
    return untilEmpty(() => this.handover.forget(this.database.manager, BATCH));
  }
}
