import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/database.js';
import { hydrate } from '../database/guarded-update.js';
import { ERASE_LIVING_SECRETS } from './erased-secrets.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { ENDED_STATES, type RequestState, statesBefore } from './request-states.js';
import type { StepTimes } from './step-times.js';

/** Which requests are overdue, and what becomes of them. */
export interface Sweep {
  readonly from: readonly RequestState[];
  readonly to: Extract<RequestState, 'expired' | 'abandoned'>;
  readonly reason: string;
  /** The column whose moment must have passed. */
  readonly due: 'expires_at' | 'page_session_seen_at';
}

/** Named queries of the expiry job. */
@Injectable()
export class OverdueRequestRepository {
  /**
   * Ends a batch of overdue requests. Rows that another process holds are skipped, so any number of processes may sweep
   * at once and each row is ended by one of them; so are those of which a submission is under way, or
   * interrupted and not settled yet.
   */
  async sweep(
    tx: Tx,
    sweep: Sweep,
    times: Pick<StepTimes, 'now' | 'lostBefore'> & { before: Date },
    batch: number,
  ): Promise<OneTimeRequest[]> {
    const { from, to, reason, due } = sweep;
    const ended = await rows<Record<string, unknown>>(
      tx,
      `UPDATE one_time_requests SET state = $3, ended_at = $1, end_reason = $4, ${ERASE_LIVING_SECRETS}
       WHERE id = ANY (ARRAY(
         SELECT id FROM one_time_requests
         WHERE state = ANY($5) AND ${due} <= $2 AND (claimed_at IS NULL OR claimed_at <= $7)
         ORDER BY ${due} LIMIT $6 FOR UPDATE SKIP LOCKED)) RETURNING *`,
      [
        times.now,
        times.before,
        to,
        reason,
        statesBefore(to).filter((state) => from.includes(state)),
        batch,
        times.lostBefore,
      ],
    );
    return ended.map((row) => hydrate(tx, OneTimeRequest, row));
  }

  /** Deletes a batch of requests that ended before `before`; returns how many. */
  async deleteEnded(tx: Tx, before: Date, batch: number): Promise<number> {
    const gone = await rows(
      tx,
      `DELETE FROM one_time_requests WHERE id = ANY (ARRAY(
         SELECT id FROM one_time_requests WHERE ended_at <= $1 AND state = ANY($3)
         ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING id`,
      [before, batch, ENDED_STATES],
    );
    return gone.length;
  }
}
