import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SqlParameters } from '../database/sql-parameters.js';
import { DomainError } from '../errors/domain-error.js';
import { Clock } from '../time/clock.js';
import { ForgetfulCounters } from './forgetful-counters.js';
import type { CountedEvent, EventRow, ThrottleRule, ThrottleVerdict } from './throttle-rule.js';

const LONGEST_SUBJECT = 200;

/**
 * Counters in PostgreSQL, shared by all processes and kept over restarts. Each event is one statement that counts and
 * answers, so parallel events never see the same count (attack class 26).
 *
 * Our own statement and not `rate-limiter-flexible`, because the injected clock must decide when a window ends and a
 * refund must not outlive it.
 */
@Injectable()
export class Throttle {
  private readonly forgetful: ForgetfulCounters;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.forgetful = new ForgetfulCounters(database, clock);
  }

  /**
   * Counts one event and says whether it is within the rule. Call it before the thing that it protects.
   *
   * A subject that has reached its limit costs a read and no write, so that a flood of refused events leaves nothing to
   * be written. One that reaches it at this very moment is counted beyond it, and refused as well. Events of forgetful
   * rules that come at the same moment are counted together.
   */
  async hit(rule: ThrottleRule, subject: string): Promise<CountedEvent> {
    if (rule.forgetful) return this.counted(rule, await this.forgetful.count(rule, keyOf(rule, subject)));
    const parameters = new SqlParameters();
    const sql = `WITH ${this.counting(parameters, rule, subject)} SELECT event.* FROM event`;
    const [row] = await this.database.query<EventRow>(sql, parameters.values);
    return this.counted(rule, row);
  }

  /**
   * {@link hit} as common table expressions, the last of them `event`, for a statement that does something else besides
   * and stands or falls with it; never for attempts at a secret, which stay counted whatever comes after.
   *
   * @param once a table of one row that is read, and locked, before the event is counted
   */
  counting(parameters: SqlParameters, rule: ThrottleRule, subject: string, once = '(SELECT)'): string {
    const key = parameters.add(keyOf(rule, subject));
    const now = parameters.add(this.clock.now());
    const end = parameters.add(this.clock.in(rule.window));
    return `over AS (
        SELECT count, ends_at FROM throttle_counters
        WHERE key = ${key} AND ends_at > ${now} AND count >= ${parameters.add(rule.limit)}
      ), counted AS (
        INSERT INTO throttle_counters AS held (key, count, ends_at)
        SELECT ${key}, 1, CAST(${end} AS timestamptz) FROM ${once} AS once WHERE NOT EXISTS (SELECT FROM over)
        ON CONFLICT (key) DO UPDATE SET
          count = CASE WHEN held.ends_at <= ${now} THEN 1 ELSE held.count + 1 END,
          ends_at = CASE WHEN held.ends_at <= ${now} THEN ${end} ELSE held.ends_at END
        RETURNING count, ends_at
      ), event AS (
        SELECT count, ends_at, true AS counted FROM counted UNION ALL SELECT count, ends_at, false FROM over
      )`;
  }

  /** What a row of `event` says of the rule. */
  counted(rule: ThrottleRule, row: EventRow | undefined): CountedEvent {
    const counted = row?.counted ?? false;
    const seen = row?.count ?? 0;
    return { ...verdict(rule, row, this.clock.now(), counted ? seen : seen + 1), counted };
  }

  /**
   * As {@link hit}, for callers that go no further when the event is not allowed.
   *
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds
   */
  async require(rule: ThrottleRule, subject: string): Promise<CountedEvent> {
    const event = await this.hit(rule, subject);
    if (!event.allowed) throw new DomainError('too-many-attempts', { params: { retryAfter: event.retryAfter } });
    return event;
  }

  /** Says what one more event would be told, without counting it. */
  async peek(rule: ThrottleRule, subject: string): Promise<ThrottleVerdict> {
    const now = this.clock.now();
    const [row] = await this.database.query<{ count: number; ends_at: Date }>(
      'SELECT count, ends_at FROM throttle_counters WHERE key = $1 AND ends_at > $2',
      [keyOf(rule, subject), now],
    );
    return verdict(rule, row, now, (row?.count ?? 0) + 1);
  }

  /**
   * Takes one counted event back: the attempt turned out to be right. Does nothing when its window is over. Nobody waits
   * for the disk: what a crash would lose is a refund, and that counts one too many.
   */
  async refund(rule: ThrottleRule, subject: string, { endsAt, counted }: CountedEvent): Promise<void> {
    if (!counted) return;
    await this.database.query(
      `UPDATE throttle_counters SET count = count - 1 FROM (SELECT set_config('synchronous_commit', 'off', true)) AS soon
       WHERE key = $1 AND ends_at = $2 AND count > 0`,
      [keyOf(rule, subject), endsAt],
    );
  }

  /** Deletes windows that are over, a batch at a time; returns how many. */
  async purge(batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM throttle_counters WHERE key = ANY (ARRAY(
         SELECT key FROM throttle_counters WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING key`,
      [this.clock.now(), batch],
    );
    return gone.length;
  }
}

/** The key of a counter, without characters that no database holds and no longer than an index likes. */
export function keyOf(rule: Pick<ThrottleRule, 'name'>, subject: string): string {
  const short =
    subject.length <= LONGEST_SUBJECT && !subject.includes('\0') && subject.isWellFormed()
      ? subject
      : createHash('sha256').update(subject).digest('hex');
  return `${rule.name}:${short}`;
}

function verdict(
  rule: ThrottleRule,
  row: { count: number; ends_at: Date } | undefined,
  now: Date,
  asked: number,
): Omit<CountedEvent, 'counted'> {
  const endsAt = row?.ends_at ?? new Date(now.getTime() + rule.window * 1000);
  const left = Math.ceil((endsAt.getTime() - now.getTime()) / 1000);
  return { allowed: asked <= rule.limit, count: row?.count ?? 0, endsAt, retryAfter: Math.max(1, left) };
}
