import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RecurringJob, untilEmpty } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { ActivationCodes } from './activation-codes.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 600_000;
/** Rows that one statement deletes. */
const BATCH = 500;
/** Seconds for which a code stays after its time. */
const KEPT_SECONDS = 86_400;

/** Deletes activation codes a day after their time. No rule relies on it. */
@Injectable()
export class ActivationHousekeeping {
  private readonly job = new RecurringJob('housekeeping of activation codes', () => this.run());

  constructor(
    private readonly codes: ActivationCodes,
    private readonly clock: Clock,
  ) {}

  @Interval('activation-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many codes it deleted. */
  run(): Promise<number> {
    return untilEmpty(() => this.codes.purge(this.clock.in(-KEPT_SECONDS), BATCH));
  }
}
