import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RecurringJob, untilEmpty } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { Challenges } from './challenges.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 60_000;
/** Rows that one statement deletes. */
const BATCH = 500;
/** Seconds for which a challenge stays after its time, for whoever looks into a complaint. */
const KEPT_SECONDS = 86_400;

/** Deletes challenges a day after their time. No rule relies on it. */
@Injectable()
export class ChallengeHousekeeping {
  private readonly job = new RecurringJob('housekeeping of challenges', () => this.run());

  constructor(
    private readonly challenges: Challenges,
    private readonly clock: Clock,
  ) {}

  @Interval('challenge-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many challenges it deleted. */
  run(): Promise<number> {
    return untilEmpty(() => this.challenges.purge(this.clock.in(-KEPT_SECONDS), BATCH));
  }
}
