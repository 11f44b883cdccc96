import { Injectable, Logger } from '@nestjs/common';
import { type ConstructorOptions, type JobResult, PgBoss } from 'pg-boss';
import { DataSource } from 'typeorm';
import { ConfigurationError } from '../core/config/configuration-error.js';
import { Environment } from '../core/config/environment.js';
import type { Tx } from '../core/database/database.js';
import { queueDatabase, queueTransaction } from './queue-database.js';
import { CLAIM_SECONDS } from './message.repository.js';
import type { Channel } from './outbox.js';

/** One queue a channel: a relay that stalls holds up no SMS. */
const QUEUES: Readonly<Record<Channel, string>> = { MAIL: 'mail', SMS: 'sms' };
const CHANNELS = Object.keys(QUEUES) as Channel[];

const SCHEMA = 'pgboss';
const POLLING_SECONDS = 2;
const BATCH = 10;
const WORKERS = 2;
const STOP_MS = 5_000;
const REPORT_MS = 60_000;

/**
 * A job only says "look at this message again, not before then"; what is due and who may send is decided by the
 * message's own row. A job that fails (the database was away) comes back, for longer than any message is tried.
 */
const JOB_OPTIONS = {
  expireInSeconds: CLAIM_SECONDS,
  retryLimit: 10_000,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 60,
  retentionSeconds: 14 * 24 * 3_600,
  deleteAfterSeconds: 3_600,
};

interface Job {
  readonly messageId: string;
}

/**
 * Makes or updates the queue's tables. `latchkey migrate` runs it after the migrations, and the embedded start does;
 * `serve` never changes a schema.
 */
export async function prepareQueue(dataSource: DataSource): Promise<void> {
  const boss = new PgBoss({ ...options(dataSource), migrate: true, createSchema: true, supervise: false });
  await boss.start();
  try {
    for (const queue of Object.values(QUEUES)) await boss.createQueue(queue, JOB_OPTIONS);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** What is wrong with the queue's tables, in one sentence; undefined when {@link prepareQueue} was run by this version. */
export async function queueProblem(dataSource: DataSource): Promise<string | undefined> {
  const boss = new PgBoss({ ...options(dataSource), supervise: false });
  try {
    await boss.start();
    return undefined;
  } catch (error) {
    if (isOutOfDate(error)) return OUT_OF_DATE;
    throw error;
  } finally {
    await boss.stop({ graceful: false });
  }
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
    this.boss = new PgBoss({ ...options(dataSource), backend: environment.embedded ? 'pglite' : 'postgres' });
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

/** No connection, no schema change and no schedules of its own; see `queueDatabase`. */
function options(dataSource: DataSource): ConstructorOptions {
  return {
    db: queueDatabase(dataSource),
    schema: SCHEMA,
    migrate: false,
    createSchema: false,
    schedule: false,
    registerInstance: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  };
}

async function resultOf(id: string, look: Promise<void>): Promise<JobResult> {
  try {
    await look;
    return { id, status: 'completed' };
  } catch (error) {
    return { id, status: 'failed', output: { message: error instanceof Error ? error.message : 'unknown' } };
  }
}

const OUT_OF_DATE = 'the tables of the message queue are missing or out of date; run `latchkey migrate`';

function isOutOfDate(error: unknown): boolean {
  return error instanceof Error && /not installed|requires migrations/.test(error.message);
}
