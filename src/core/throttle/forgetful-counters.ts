import { type CallGroup, CombinedCalls } from '../database/combined-calls.js';
import type { Database } from '../database/database.js';
import { preparedStatement } from '../database/prepared-statements.js';
import { RowParameters } from '../database/row-parameters.js';
import type { Clock } from '../time/clock.js';
import type { EventRow, ThrottleRule } from './throttle-rule.js';

interface Event {
  readonly key: string;
  readonly most: number;
  /** Seconds. */
  readonly window: number;
}

/** Events of one subject that are counted together. */
interface Counting extends Event {
  readonly events: number;
  readonly endsAt: Date;
  readonly now: Date;
}

const COUNTING = new RowParameters<Counting>([
  ['key', 'text', ({ key }) => key],
  ['most', 'int', ({ most }) => most],
  ['events', 'int', ({ events }) => events],
  ['ends_at', 'timestamptz', ({ endsAt }) => endsAt],
  ['now', 'timestamptz', ({ now }) => now],
]);

/** Rows are written in the order of their keys, so that two processes never wait for each other. */
const COUNT = preparedStatement(`
  WITH asked AS MATERIALIZED (
    SELECT * FROM ${COUNTING.from('given')}
  ), over AS (
    SELECT asked.place, held.count, held.ends_at FROM asked JOIN throttle_counters held
      ON held.key = asked.key AND held.ends_at > asked.now AND held.count >= asked.most
  ), counted AS (
    INSERT INTO throttle_counters AS held (key, count, ends_at)
    SELECT key, events, ends_at FROM asked WHERE place NOT IN (SELECT place FROM over) ORDER BY key COLLATE "C"
    ON CONFLICT (key) DO UPDATE SET (count, ends_at) = (
      SELECT CASE WHEN held.ends_at <= asked.now THEN asked.events ELSE held.count + asked.events END,
             CASE WHEN held.ends_at <= asked.now THEN asked.ends_at ELSE held.ends_at END
      FROM asked WHERE asked.key = held.key)
    RETURNING key, count, ends_at
  ), event AS (
    SELECT asked.place, counted.count, counted.ends_at, true AS counted FROM asked JOIN counted USING (key)
    UNION ALL SELECT place, count, ends_at, false FROM over
  )
  SELECT event.* FROM event, (SELECT set_config('synchronous_commit', 'off', true)) AS soon`);

/**
 * Counts the events of forgetful rules (`ThrottleRule.forgetful`): those of one moment in one statement, those of one
 * subject as one number, because all calls of a portal count at the same row. Each event learns its own place in the
 * count, and goes on only after the count was committed.
 */
export class ForgetfulCounters {
  private readonly combined: CombinedCalls<Event, EventRow | undefined>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.combined = new CombinedCalls<Event, EventRow | undefined>(
      {
        keyOf: ({ key }) => key,
        alike: (event, first) => event.most === first.most && event.window === first.window,
        together: (groups) => this.together(groups),
        alone: async (event) => (await this.together([[event]]))[0]?.[0],
      },
      { atOnce: 2, most: 128 },
    );
  }

  count({ limit, window }: ThrottleRule, key: string): Promise<EventRow | undefined> {
    return this.combined.run({ key, most: limit, window });
  }

  private async together(groups: readonly CallGroup<Event>[]): Promise<(EventRow | undefined)[][]> {
    const now = this.clock.now();
    const asked = groups.map((group): Counting => {
      const [{ key, most, window }] = group;
      return { key, most, window, events: group.length, endsAt: this.clock.in(window), now };
    });
    const rows = new Map<string, EventRow>();
    const found = await this.database.prepared<EventRow & { place: string }>(COUNT, COUNTING.values(asked));
    for (const row of found) rows.set(row.place, row);
    return groups.map((group, index) => group.map((_, turn) => eventOf(rows.get(String(index + 1)), group, turn)));
  }
}

/** What one of the events counted together would have been told, had it been counted in its turn. */
function eventOf(row: EventRow | undefined, group: CallGroup<Event>, turn: number): EventRow | undefined {
  return row?.counted ? { ...row, count: row.count - group.length + 1 + turn } : row;
}
