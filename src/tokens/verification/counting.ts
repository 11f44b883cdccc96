import type { CallGroup } from '../../core/database/combined-calls.js';
import { CombinedCalls } from '../../core/database/combined-calls.js';
import type { Database } from '../../core/database/database.js';
import type { PreparedStatement } from '../../core/database/prepared-statements.js';
import type { AttemptStart, CountedAttempt } from './attempt-shapes.js';
import { COUNT_AND_READ, COUNT_AND_READ_WAITING, COUNTED_ROWS } from './counting-statement.js';
import { remainingDelay } from './growing-delay.js';
import { usableToken, type UsableRow } from './usable-row.js';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import { COMBINED } from './combined-size.js';

interface Row extends UsableRow {
  /** From 1, as text. */
  readonly place: string;
  readonly blocked: boolean;
  readonly counted: number | null;
  readonly before: number | null;
  readonly since: Date | null;
  readonly pin_token_id: string | null;
  readonly pin_digest: KeyedDigest | null;
}

/** How often a counter is asked for that others are making at the same time. */
const TRIES = 5;

/**
 * Counts attempts and reads what they may succeed with; those of concurrent requests in one statement, committed by
 * itself. Parallel attempts at one authenticator that differ in nothing are counted one by one in the same row, and only
 * as many of them are examined as were counted.
 */
export class Counting {
  private readonly combined: CombinedCalls<AttemptStart, CountedAttempt>;

  constructor(private readonly database: Database) {
    this.combined = new CombinedCalls<AttemptStart, CountedAttempt>(
      {
        keyOf: ({ accountId, authenticator }) => `${accountId} ${authenticator}`,
        alike,
        together: (groups) => this.together(groups),
        alone: (start) => this.alone(start),
      },
      COMBINED,
    );
  }

  begin(start: AttemptStart): Promise<CountedAttempt> {
    return this.combined.run(start);
  }

  private async together(groups: readonly CallGroup<AttemptStart>[]): Promise<(CountedAttempt[] | undefined)[]> {
    const answered = await this.ask(COUNT_AND_READ, groups);
    return groups.map((group, index) => outcomes(group, answered[index] ?? []));
  }

  private async alone(start: AttemptStart): Promise<CountedAttempt> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const [rows = []] = await this.ask(COUNT_AND_READ_WAITING, [[start]]);
      const [outcome] = outcomes([start], rows) ?? [];
      if (outcome) return outcome;
    }
    throw new Error('the counter of an authenticator is made and removed all the time');
  }

  /** @returns the rows of each group */
  private async ask(statement: PreparedStatement, groups: readonly CallGroup<AttemptStart>[]): Promise<Row[][]> {
    const asked = groups.map((group) => ({ start: group[0], attempts: group.length }));
    const answered: Row[][] = asked.map(() => []);
    for (const row of await this.database.prepared<Row>(statement, COUNTED_ROWS.values(asked))) {
      answered[Number(row.place) - 1]?.push(row);
    }
    return answered;
  }
}

/** Attempts at the same tokens by the same rules. */
function alike(start: AttemptStart, other: AttemptStart): boolean {
  return (
    start.tokenId === other.tokenId &&
    start.serial === other.serial &&
    start.limit === other.limit &&
    start.growingDelay === other.growingDelay &&
    start.pinWanted === other.pinWanted &&
    lockOf(start) === lockOf(other) &&
    start.kinds.join() === other.kinds.join()
  );
}

/** Milliseconds that a lock lasts; undefined = without end. */
function lockOf({ now, unlockedBefore }: AttemptStart): number | undefined {
  return unlockedBefore && now.getTime() - unlockedBefore.getTime();
}

/** @returns undefined when somebody else holds the counter */
function outcomes(group: CallGroup<AttemptStart>, rows: readonly Row[]): CountedAttempt[] | undefined {
  const [row] = rows;
  if (!row) return group.map(() => ({ tokens: [], locked: false, pin: undefined, retryAfter: undefined }));
  if (row.counted === null && !row.blocked) return undefined;
  const { counted } = row;
  const found = {
    tokens: rows.map(usableToken),
    pin:
      row.pin_token_id !== null && row.pin_digest !== null
        ? { tokenId: row.pin_token_id, digest: row.pin_digest }
        : undefined,
  };
  return group.map((start, turn) => {
    if (counted === null) return { ...found, locked: true, retryAfter: undefined };
    if (turn < counted) return { ...found, locked: false, retryAfter: undefined };
    const failures = (row.before ?? 0) + counted;
    if (failures >= start.limit) return { ...found, locked: true, retryAfter: undefined };
    const since = counted === 0 && row.since ? row.since : start.now;
    return { ...found, locked: false, retryAfter: remainingDelay(failures, since, start.now) };
  });
}
