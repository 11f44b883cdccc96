import { Injectable } from '@nestjs/common';
import { CombinedRows } from '../database/combined-rows.js';
import { Database, rows, type Tx } from '../database/database.js';
import { Clock } from '../time/clock.js';
import { keyOf } from './throttle.js';
import type { ThrottleRule } from './throttle-rule.js';

/** A counter of attempts, and which of a person's addresses it is for. */
export interface AttemptCounter {
  /** Its limit is below 1000. */
  readonly rule: ThrottleRule;
  readonly subject: string;
  /** Only for addresses that are familiar, or only for those that are not; for all when absent. */
  readonly familiar?: boolean;
}

/** That an address was right before, and for how many seconds that counts. */
export interface FamiliarMark {
  readonly key: string;
  readonly window: number;
}

/** A place among the attempts of one counter, until it is settled. */
export interface AttemptPlace {
  readonly key: string;
  readonly endsAt: Date;
}

/** A counter that has no place to give. */
export interface FullCounter extends AttemptPlace {
  /** Attempts under way may still turn out right and give their place back. */
  readonly mayFree: boolean;
}

/** Either a place in each counter that applies, or those that have none. */
export interface AttemptReservation {
  readonly places: readonly AttemptPlace[];
  readonly full: readonly FullCounter[];
}

export type AttemptOutcome = 'right' | 'wrong' | 'unknown';

/**
 * What an attempt under way adds to a counter; a failure adds 1. One number holds both, so that one statement decides
 * on both: an attempt under way counts as a failure until it is known to be none, also when its process has died.
 */
const UNDER_WAY = 1_000;

/** Seconds after which a mark is written anew; not each time, because it is a durable write. */
const MARK_AGE = 86_400;

/** Whether a counter is used up, and at which moment. */
interface Exhaustion {
  readonly key: string;
  readonly most: number;
  readonly now: Date;
}

interface CounterRow {
  readonly key: string;
  readonly ends_at: Date;
}

const USED = `(held.count / ${UNDER_WAY} + held.count % ${UNDER_WAY})`;

/** Counters of failed attempts and of those under way, among the throttle's. Rows are locked in the order of their keys. */
@Injectable()
export class AttemptCounters {
  private readonly exhaustion: CombinedRows<Exhaustion, CounterRow, AttemptPlace | undefined>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.exhaustion = new CombinedRows<Exhaustion, CounterRow, AttemptPlace | undefined>(database, {
      columns: [
        ['key', 'text', ({ key }) => key],
        ['most', 'int', ({ most }) => most],
        ['now', 'timestamptz', ({ now }) => now],
      ],
      sql: (from) => `SELECT asked.place, held.key, held.ends_at FROM ${from} JOIN throttle_counters held
        ON held.key = asked.key AND held.ends_at > asked.now AND held.count % ${UNDER_WAY} >= asked.most`,
      outcome: ([row]) => row && { key: row.key, endsAt: row.ends_at },
    });
  }

  /** Whether failures alone have used up the counter; a read. */
  exhausted({ rule, subject }: AttemptCounter): Promise<AttemptPlace | undefined> {
    return this.exhaustion.run({ key: keyOf(rule, subject), most: rule.limit, now: this.clock.now() });
  }

  /** Whether an address was right before; a read. */
  async isMarked({ key }: FamiliarMark): Promise<boolean> {
    const found = await this.database.query('SELECT FROM throttle_counters WHERE key = $1 AND ends_at > $2', [
      key,
      this.clock.now(),
    ]);
    return found.length > 0;
  }

  /** Takes a place in every counter that applies to the address, or in none. Full ones cost a read and no write. */
  async reserve(counters: readonly AttemptCounter[], mark: FamiliarMark): Promise<AttemptReservation> {
    const limits = new Map(counters.map(({ rule, subject }) => [keyOf(rule, subject), rule.limit]));
    const found = await this.database.query<{ key: string; count: number; ends_at: Date; taken: boolean }>(
      `WITH wanted AS MATERIALIZED (
         SELECT counter.key, most, counter.ends_at
         FROM unnest((SELECT $1::text[]), (SELECT $2::int[]), (SELECT $3::timestamptz[]), (SELECT $4::boolean[]))
           AS counter (key, most, ends_at, familiar)
         WHERE familiar IS NULL
            OR familiar = EXISTS (SELECT FROM throttle_counters WHERE key = $5 AND ends_at > $6)
       ), full_ones AS (
         SELECT held.key, held.count, held.ends_at FROM throttle_counters held JOIN wanted USING (key)
         WHERE held.ends_at > $6 AND ${USED} >= most
       ), taken AS (
         INSERT INTO throttle_counters AS held (key, count, ends_at)
         SELECT key, ${UNDER_WAY}, ends_at FROM wanted WHERE NOT EXISTS (SELECT FROM full_ones) ORDER BY key COLLATE "C"
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN held.ends_at <= $6 THEN ${UNDER_WAY} ELSE held.count + ${UNDER_WAY} END,
           ends_at = CASE WHEN held.ends_at <= $6 THEN excluded.ends_at ELSE held.ends_at END
         WHERE held.ends_at <= $6 OR ${USED} < (SELECT most FROM wanted WHERE wanted.key = held.key)
         RETURNING key, count, ends_at
       )
       SELECT wanted.key, coalesce(taken.count, full_ones.count, ${UNDER_WAY}) AS count,
              coalesce(taken.ends_at, full_ones.ends_at, wanted.ends_at) AS ends_at, taken.key IS NOT NULL AS taken
       FROM wanted LEFT JOIN taken USING (key) LEFT JOIN full_ones USING (key)
       WHERE taken.key IS NOT NULL OR full_ones.key IS NOT NULL OR NOT EXISTS (SELECT FROM full_ones)`,
      [
        [...limits.keys()],
        [...limits.values()],
        counters.map(({ rule }) => this.clock.in(rule.window)),
        counters.map(({ familiar }) => familiar ?? null),
        mark.key,
        this.clock.now(),
      ],
    );
    const places = found.filter(({ taken }) => taken).map(({ key, ends_at: endsAt }) => ({ key, endsAt }));
    const full = found
      .filter(({ taken }) => !taken)
      .map(({ key, count, ends_at: endsAt }) => ({ key, endsAt, mayFree: count % UNDER_WAY < (limits.get(key) ?? 0) }));
    if (full.length === 0 || places.length === 0) return { places, full };
    // One filled up at this very moment; a place in the other alone is none.
    await this.settle(places, 'unknown');
    return { places: [], full };
  }

  /**
   * Ends an attempt: a wrong one stays counted, another gives its places back. A right one leaves its mark. Does nothing
   * to a counter whose window is over. The answer does not wait for the disk: an attempt whose end is lost in a crash
   * stays counted as under way.
   */
  async settle(places: readonly AttemptPlace[], outcome: AttemptOutcome, mark?: FamiliarMark): Promise<void> {
    const marked = outcome === 'right' ? mark : undefined;
    await this.database.query(
      `WITH held AS (
         SELECT counter.key FROM throttle_counters counter
         JOIN unnest((SELECT $1::text[]), (SELECT $2::timestamptz[])) AS place (key, ends_at)
           ON place.key = counter.key AND place.ends_at = counter.ends_at
         JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS soon ON true
         WHERE counter.count >= ${UNDER_WAY} ORDER BY counter.key COLLATE "C" FOR UPDATE OF counter
       ), settled AS (
         UPDATE throttle_counters counter SET count = counter.count - $3::int FROM held WHERE counter.key = held.key
       )
       INSERT INTO throttle_counters AS known (key, count, ends_at)
       SELECT $4::text, 1, $5::timestamptz
       WHERE $4::text IS NOT NULL AND NOT EXISTS (SELECT FROM throttle_counters WHERE key = $4 AND ends_at > $6)
       ON CONFLICT (key) DO UPDATE SET ends_at = greatest(known.ends_at, excluded.ends_at)`,
      [
        places.map(({ key }) => key),
        places.map(({ endsAt }) => endsAt),
        outcome === 'wrong' ? UNDER_WAY - 1 : UNDER_WAY,
        marked?.key ?? null,
        this.clock.in(marked?.window ?? 0),
        this.clock.in((marked?.window ?? 0) - MARK_AGE),
      ],
    );
  }

  /** Forgets counters: these, and those whose keys begin so. Attempts under way are then settled with nothing. */
  async forget(tx: Tx, keys: readonly string[], prefix: string): Promise<void> {
    await rows(tx, 'DELETE FROM throttle_counters WHERE key = ANY($1) OR starts_with(key, $2)', [keys, prefix]);
  }

  /** Whole seconds until the counter's window is over, at least 1. */
  secondsLeft({ endsAt }: AttemptPlace): number {
    return Math.max(1, Math.ceil((endsAt.getTime() - this.clock.now().getTime()) / 1_000));
  }
}
