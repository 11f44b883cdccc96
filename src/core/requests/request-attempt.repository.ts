import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/database.js';
import { consumeIfUnused, type Guard } from '../database/guarded-update.js';
import { WITHOUT_LIVING_SECRETS } from './erased-secrets.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { LIVE_STATES, statesBefore } from './request-states.js';
import type { RequestStep } from './request-steps.js';
import type { StepTimes } from './step-times.js';

/** What an attempt is counted as: at a code, a password or another step; or at the PIN, which has a count of its own. */
export type AttemptCounter = 'code' | 'pin';

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

/** Lets a statement that is a transaction by itself commit without waiting for the disk. */
const SOON = `set_config('synchronous_commit', 'off', true) IS NOT NULL`;

function live(id: string, where: string, parameters: Record<string, unknown>): Guard {
  return {
    where: `id = :id AND state IN (:...live) AND end_reason IS NULL AND ${where}`,
    parameters: { id, live: LIVE_STATES, ...parameters },
  };
}
