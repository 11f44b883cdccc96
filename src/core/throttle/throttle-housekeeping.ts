import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RecurringJob, untilEmpty } from '../schedule/recurring-job.js';
import { Throttle } from './throttle.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 30_000;
/** Rows that one statement deletes. */
const BATCH = 500;

/** Deletes counters whose window is over. No rule relies on it. */
@Injectable()
export class ThrottleHousekeeping {
  private readonly job = new RecurringJob('housekeeping of throttle counters', () => this.run());

  constructor(private readonly throttle: Throttle) {}

  @Interval('throttle-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many counters it deleted. */
  run(): Promise<number> {
    return untilEmpty(() => this.throttle.purge(BATCH));
  }
}
