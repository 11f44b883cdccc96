import { type ConstructorOptions, PgBoss } from 'pg-boss';
import type { DataSource } from 'typeorm';
import { CLAIM_SECONDS } from './message.repository.js';
import type { Channel } from './outbox.js';
import { queueDatabase } from './queue-database.js';

/** One queue a channel: a relay that stalls holds up no SMS. */
export const QUEUES: Readonly<Record<Channel, string>> = { MAIL: 'mail', SMS: 'sms' };

/** What is wrong when {@link isOutOfDate}. */
export const OUT_OF_DATE = 'the tables of the message queue are missing or out of date; run `latchkey migrate`';

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

/**
 * Makes or updates the queue's tables. `latchkey migrate` runs it after the migrations, and the embedded start does;
 * `serve` never changes a schema.
 */
export async function prepareQueue(dataSource: DataSource): Promise<void> {
  const boss = new PgBoss({ ...queueOptions(dataSource), migrate: true, createSchema: true, supervise: false });
  await boss.start();
  try {
    for (const queue of Object.values(QUEUES)) await boss.createQueue(queue, JOB_OPTIONS);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** What is wrong with the queue's tables, in one sentence; undefined when {@link prepareQueue} was run by this version. */
export async function queueProblem(dataSource: DataSource): Promise<string | undefined> {
  const boss = new PgBoss({ ...queueOptions(dataSource), supervise: false });
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

/** No connection, no schema change and no schedules of its own; see `queueDatabase`. */
export function queueOptions(dataSource: DataSource): ConstructorOptions {
  return {
    db: queueDatabase(dataSource),
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    schedule: false,
    registerInstance: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  };
}

/** Whether pg-boss could not start because its tables are missing or of another version. */
export function isOutOfDate(error: unknown): boolean {
  return error instanceof Error && /not installed|requires migrations/.test(error.message);
}
