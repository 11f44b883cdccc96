import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Configuration } from '../core/domains/configuration.js';
import { requestRetentionDays } from '../core/requests/request-settings.js';
import { RecurringJob, untilEmpty } from '../core/schedule/recurring-job.js';
import { Clock } from '../core/time/clock.js';
import { Delivery } from './delivery.js';
import { MessageRepository } from './message.repository.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 300_000;
/** Rows that one statement deletes. */
const BATCH = 500;
const DAY_SECONDS = 86_400;

/**
 * Deletes the record of messages as long after them as that of requests, and attempts what is due although nothing has
 * looked at it, because its job is gone: after a restored backup for instance. Safe with any number of processes.
 */
@Injectable()
export class MessageHousekeeping {
  private readonly job = new RecurringJob('housekeeping of messages', () => this.run());

  constructor(
    private readonly delivery: Delivery,
    private readonly messages: MessageRepository,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  @Interval('message-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many messages it attempted and how many it deleted. */
  async run(): Promise<{ attempted: number; deleted: number }> {
    const attempted = await this.delivery.attemptDue();
    const snapshot = await this.configuration.snapshot();
    const kept = this.clock.in(-DAY_SECONDS * snapshot.setting(requestRetentionDays));
    const deleted = await untilEmpty(() => this.messages.purge(kept, BATCH));
    return { attempted, deleted };
  }
}
