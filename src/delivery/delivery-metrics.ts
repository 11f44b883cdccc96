import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Database } from '../core/database/database.js';
import { Metrics } from '../core/metrics/metrics.js';
import { Clock } from '../core/time/clock.js';
import type { RefusalCategory } from './message-states.js';
import type { Channel, DeliveryOutcome } from './outbox.js';

interface Waiting {
  readonly channel: Channel;
  readonly waiting: number;
  readonly oldest: Date;
}

const CHANNELS: readonly Channel[] = ['MAIL', 'SMS'];

/** What operators see of delivery. The two gauges are read from PostgreSQL when scraped, so they are true everywhere. */
@Injectable()
export class DeliveryMetrics {
  private readonly attempts: Counter<'channel' | 'outcome' | 'reason'>;
  private readonly budgets: Counter<'budget'>;

  constructor(
    metrics: Metrics,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    const registers = [metrics];
    this.attempts = new Counter({
      name: 'latchkey_message_attempts_total',
      help: 'Attempts to send a message, by channel, outcome (sent, queued for another attempt, failed for good) and reason.',
      labelNames: ['channel', 'outcome', 'reason'],
      registers,
    });
    this.budgets = new Counter({
      name: 'latchkey_sms_budget_reached_total',
      help: 'SMS not sent because a budget was used up or the number is not allowed.',
      labelNames: ['budget'],
      registers,
    });
    this.gauge(
      metrics,
      'latchkey_messages_waiting',
      'Messages that have not been sent yet and have not been given up.',
      ({ waiting }) => waiting,
    );
    this.gauge(
      metrics,
      'latchkey_messages_oldest_waiting_seconds',
      'Age of the oldest message that waits; 0 when none does.',
      ({ oldest }) => Math.max(0, (this.clock.now().getTime() - oldest.getTime()) / 1000),
    );
  }

  attempted(channel: Channel, outcome: DeliveryOutcome['state'], reason: RefusalCategory | undefined): void {
    this.attempts.inc({ channel, outcome, reason: reason ?? 'none' });
  }

  budgetReached(budget: string): void {
    this.budgets.inc({ budget });
  }

  /** A gauge that is filled when scraped. */
  private gauge(metrics: Metrics, name: string, help: string, value: (row: Waiting) => number): void {
    const gauge: Gauge<'channel'> = new Gauge({
      name,
      help,
      labelNames: ['channel'],
      registers: [],
      collect: () => this.show(gauge, value),
    });
    metrics.registerMetric(gauge);
  }

  /** While the database is away the gauge is absent, and the other metrics are still served. */
  private async show(gauge: Gauge<'channel'>, value: (row: Waiting) => number): Promise<void> {
    gauge.reset();
    const rows = await this.waiting();
    if (!rows) return;
    for (const channel of CHANNELS) {
      const row = rows.find((candidate) => candidate.channel === channel);
      gauge.set({ channel }, row ? value(row) : 0);
    }
  }

  private async waiting(): Promise<Waiting[] | undefined> {
    try {
      return await this.database.query<Waiting>(
        `SELECT channel, count(*)::int AS waiting, min(created_at) AS oldest
         FROM messages WHERE state IN ('queued', 'sending') GROUP BY channel`,
      );
    } catch {
      return undefined;
    }
  }
}
