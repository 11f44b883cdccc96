import { Injectable, Logger } from '@nestjs/common';
import { type JobResult, PgBoss } from 'pg-boss';
import { DataSource } from 'typeorm';
import { ConfigurationError } from '../core/config/configuration-error.js';
import { Environment } from '../core/config/environment.js';
import type { Tx } from '../core/database/database.js';
import type { Channel } from './outbox.js';
import { queueTransaction } from './queue-database.js';
import { isOutOfDate, OUT_OF_DATE, prepareQueue, queueOptions, QUEUES } from './queue-tables.js';

const CHANNELS = Object.keys(QUEUES) as Channel[];

const POLLING_SECONDS = 2;
const BATCH = 10;
const WORKERS = 2;
const STOP_MS = 5_000;
const REPORT_MS = 60_000;

interface Job {
  readonly messageId: string;
}

/** The queue of deliveries: pg-boss on the pool of the application. */
@Injectable()
export class MessageQueue {
  private readonly logger = new Logger('MessageQueue');
  private readonly boss: PgBoss;
  private reportedAt = -Infinity;

  constructor(
    private readonly dataSource: DataSource,
    private readonly environment: Environment,
  ) {
    this.boss = new PgBoss({ ...queueOptions(dataSource), backend: environment.embedded ? 'pglite' : 'postgres' });
    this.boss.on('error', (error) => this.report(error));
  }

  /**
   * Makes the queue usable. The embedded database gets its tables here, as it gets its migrations at the start.
   *
   * @throws ConfigurationError when the queue's tables are missing or of another version
   */
  async start(): Promise<void> {
    if (this.environment.embedded) await prepareQueue(this.dataSource);
    try {
      await this.boss.start();
    } catch (error) {
      if (isOutOfDate(error)) throw new ConfigurationError([{ where: 'DATABASE_URL', problem: OUT_OF_DATE }]);
      throw error;
    }
  }

  /** Adds a look at the message in `tx`, `delaySeconds` from now at the earliest. */
  async push(tx: Tx, message: { id: string; channel: Channel }, delaySeconds = 0): Promise<void> {
    const job: Job = { messageId: message.id };
    const startAfter = Math.max(0, Math.ceil(delaySeconds));
    await this.boss.send(QUEUES[message.channel], job, { startAfter, db: queueTransaction(tx) });
  }

  /** Hands out due jobs to `look` from now on; a job whose `look` throws comes back. */
  async work(look: (messageId: string) => Promise<void>): Promise<void> {
    for (const channel of CHANNELS) {
      await this.boss.work<Job>(
        QUEUES[channel],
        {
          pollingIntervalSeconds: POLLING_SECONDS,
          batchSize: BATCH,
          localConcurrency: WORKERS,
          burstWhenBatchFull: true,
          perJobResults: true,
        },
        (jobs) => Promise.all(jobs.map(({ id, data }) => resultOf(id, look(data.messageId)))),
      );
    }
  }

  /** Stops handing out jobs and gives those under way a moment. */
  async stop(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: STOP_MS });
  }

  /** While the database is away every poll fails; a line a minute says so. */
  private report(error: Error): void {
    const now = performance.now();
    if (now - this.reportedAt < REPORT_MS) return;
    this.reportedAt = now;
    this.logger.warn(`the message queue cannot be read: ${error.message}`);
  }
}

async function resultOf(id: string, look: Promise<void>): Promise<JobResult> {
  try {
    await look;
    return { id, status: 'completed' };
  } catch (error) {
    return { id, status: 'failed', output: { message: error instanceof Error ? error.message : 'unknown' } };
  }
}
