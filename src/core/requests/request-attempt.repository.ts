import { Injectable } from '@nestjs/common';
import { CombinedRows } from '../database/combined-rows.js';
import { Database, rows, type Tx } from '../database/database.js';
import { consumeIfUnused, type Guard, hydrate } from '../database/guarded-update.js';
import { WITHOUT_LIVING_SECRETS } from './erased-secrets.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { LIVE_STATES, statesBefore } from './request-states.js';
import type { RequestStep } from './request-steps.js';
import type { StepTimes } from './step-times.js';

/** What an attempt is counted as: at a code, a password or another step; or at the PIN, which has a count of its own. */
export type AttemptCounter = 'code' | 'pin';

/** An attempt at the code of a request that is known by its number. */
interface NumberedAttempt {
  readonly number: string;
  /** Names of purposes; requests of others are left alone. */
  readonly purposes: readonly string[];
  readonly now: Date;
}

type Row = Record<string, unknown>;

/** Lets a statement that is a transaction by itself commit without waiting for the disk. */
const SOON = `set_config('synchronous_commit', 'off', true) IS NOT NULL`;

/** Condition on `request` that `live` makes of a row by itself. */
const LIVE = `request.state = ANY ('{${LIVE_STATES.join(',')}}') AND request.end_reason IS NULL`;

const COLUMNS = {
  code: { property: 'attempts', count: 'attempts', limit: 'attempt_limit', open: 'true' },
  pin: {
    property: 'pinAttempts',
    count: 'pin_attempts',
    limit: 'pin_attempt_limit',
    open: 'pin_digest IS NOT NULL AND pin_expires_at > :now',
  },
} as const;

/** Attempts at the secrets of a request (invariant 2). Each is one guarded statement, like every step of a request. */
@Injectable()
export class RequestAttemptRepository {
  private readonly counting: CombinedRows<NumberedAttempt, Row, OneTimeRequest | undefined>;
  private readonly takingBack: CombinedRows<{ readonly id: string }, Row, OneTimeRequest | undefined>;

  constructor(private readonly database: Database) {
    const outcome = ([row]: readonly Row[]) => row && hydrate(database.manager, OneTimeRequest, row);
    this.counting = new CombinedRows<NumberedAttempt, Row, OneTimeRequest | undefined>(database, {
      columns: [
        ['number', 'bigint', ({ number }) => number],
        ['purposes', 'text', ({ purposes }) => purposes.join()],
        ['now', 'timestamptz', ({ now }) => now],
      ],
      sql: (from) => `WITH asked AS MATERIALIZED (SELECT * FROM ${from}), free AS MATERIALIZED (
          SELECT asked.place, asked.now, request.id FROM asked JOIN one_time_requests request
            ON request.number = asked.number AND request.purpose = ANY (string_to_array(asked.purposes, ','))
          ORDER BY request.id FOR NO KEY UPDATE OF request SKIP LOCKED
        ) UPDATE one_time_requests request SET attempts = request.attempts + 1 FROM free
        WHERE request.id = free.id AND ${LIVE} AND request.attempts < request.attempt_limit
          AND (request.state = 'opened' OR request.expires_at > free.now)
        RETURNING request.*, free.place`,
      keyOf: ({ number }) => number,
      outcome,
      alone: async ({ number, purposes, now }) => {
        const [row] = await this.database.query<{ id: string }>(
          'SELECT id FROM one_time_requests WHERE number = $1 AND purpose = ANY ($2)',
          [number, purposes],
        );
        return row && this.count(this.database.manager, row.id, 'code', now);
      },
    });
    this.takingBack = new CombinedRows<{ readonly id: string }, Row, OneTimeRequest | undefined>(database, {
      columns: [['id', 'uuid', ({ id }) => id]],
      sql: (from) => `WITH asked AS MATERIALIZED (SELECT * FROM ${from}), free AS MATERIALIZED (
          SELECT asked.place, request.id FROM asked JOIN one_time_requests request USING (id)
          ORDER BY request.id FOR NO KEY UPDATE OF request SKIP LOCKED
        ) UPDATE one_time_requests request SET attempts = request.attempts - 1 FROM free
        WHERE request.id = free.id AND ${LIVE} AND request.attempts > 0 AND ${SOON}
        RETURNING request.*, free.place`,
      keyOf: ({ id }) => id,
      outcome,
      alone: ({ id }) => this.takeBack(this.database.manager, id, 'code', undefined),
    });
  }

  /**
   * {@link count}s an attempt at the code of a request that is known by its number; those of one moment in one statement,
   * which commits before any of them goes on.
   */
  countNumbered(purposes: readonly string[], number: string, now: Date): Promise<OneTimeRequest | undefined> {
    return this.counting.run({ number, purposes, now });
  }

  /** {@link takeBack}, of an attempt at a code, without a step; those of one moment in one statement. */
  takeCodeBack(id: string): Promise<OneTimeRequest | undefined> {
    return this.takingBack.run({ id });
  }

  /** Counts an attempt at a live, unexpired request, as long as the limit is not used up. */
  count(tx: Tx, id: string, counter: AttemptCounter, now: Date): Promise<OneTimeRequest | undefined> {
    const { property, count, limit, open } = COLUMNS[counter];
    const countable = live(id, `${count} < ${limit} AND (state = 'opened' OR expires_at > :now) AND ${open}`, { now });
    return consumeIfUnused(tx, OneTimeRequest, countable, { [property]: () => `${count} + 1` });
  }

  /** Whether nothing was counted because the limit is used up. */
  async isUsedUp(tx: Tx, id: string, counter: AttemptCounter): Promise<boolean> {
    const { count, limit } = COLUMNS[counter];
    const found = await rows(
      tx,
      `SELECT 1 FROM one_time_requests WHERE id = $1 AND state = ANY($2) AND ${count} >= ${limit}`,
      [id, [...LIVE_STATES, 'locked']],
    );
    return found.length > 0;
  }

  /**
   * Takes an attempt back that was right, or was never judged; with the step that it passed, if any. Without a step nobody
   * waits for the disk: what a crash would lose is a refund, and that counts one too many.
   */
  takeBack(
    tx: Tx,
    id: string,
    counter: AttemptCounter,
    passed: RequestStep | undefined,
  ): Promise<OneTimeRequest | undefined> {
    const { property, count } = COLUMNS[counter];
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      live(id, passed ? `${count} > 0` : `${count} > 0 AND ${SOON}`, { passed }),
      {
        [property]: () => `${count} - 1`,
        // Two right answers at once pass the step once.
        ...(passed && {
          passedSteps: () => `array_append(array_remove(passed_steps, CAST(:passed AS text)), CAST(:passed AS text))`,
        }),
      },
    );
  }

  /** Opened requests of an account owe this step again. */
  async forgetStep(tx: Tx, accountId: string, step: RequestStep): Promise<void> {
    await rows(
      tx,
      `UPDATE one_time_requests SET required_steps = array_append(array_remove(required_steps, $2), $2),
         passed_steps = array_remove(passed_steps, $2)
       WHERE account_id = $1 AND state = 'opened' AND $2 = ANY (passed_steps)`,
      [accountId, step],
    );
  }

  /** Ends a request whose limit is used up. A submission under way has passed everything and is let be. */
  lock(
    tx: Tx,
    id: string,
    counter: AttemptCounter,
    { now, staleBefore }: StepTimes,
  ): Promise<OneTimeRequest | undefined> {
    const { count, limit } = COLUMNS[counter];
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        where: `id = :id AND state IN (:...from) AND ${count} >= ${limit}
                AND (claimed_at IS NULL OR claimed_at <= :staleBefore)`,
        parameters: { id, from: statesBefore('locked'), staleBefore },
      },
      { ...WITHOUT_LIVING_SECRETS, state: 'locked', endedAt: now, endReason: 'too-many-attempts' },
    );
  }
}

function live(id: string, where: string, parameters: Record<string, unknown>): Guard {
  return {
    where: `id = :id AND state IN (:...live) AND end_reason IS NULL AND ${where}`,
    parameters: { id, live: LIVE_STATES, ...parameters },
  };
}
