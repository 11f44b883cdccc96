import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/database.js';
import { hydrate } from '../database/guarded-update.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { statesBefore } from './request-states.js';
import type { StepTimes } from './step-times.js';

/** Which live requests are meant. */
export type CancelSelection =
  | { readonly id: string }
  | { readonly accountId: string; readonly purpose?: string | undefined; readonly except?: string | undefined }
  | {
      /** Requests of people who have no account yet. */
      readonly domainId: string;
      readonly purpose: string;
      readonly login: string;
      readonly email: string | null;
    };

/**
 * Ends live requests before their time.
 *
 * A submission under way, or interrupted and not settled yet, is left to end by itself, because its effect in the
 * directory cannot be called back; its request is marked, so that it is not gone on with when the submission is refused. Which of the two it is, is decided
 * within the one statement, on the row as it stands after a rival's commit.
 */
@Injectable()
export class RequestCancellationRepository {
  /** Returns what was cancelled, and not what was only marked. */
  async cancel(tx: Tx, selection: CancelSelection, reason: string, times: StepTimes): Promise<OneTimeRequest[]> {
    const { where, parameters } = meaning(selection, 5);
    const written = await rows<Record<string, unknown>>(
      tx,
      `UPDATE one_time_requests SET
         state = CASE WHEN claimed_at > $2 THEN state ELSE 'cancelled' END,
         ended_at = CASE WHEN claimed_at > $2 THEN ended_at ELSE $1 END,
         end_reason = $3,
         link_digest = CASE WHEN claimed_at > $2 OR keeps_codes THEN link_digest END,
         receipt_digest = CASE WHEN claimed_at > $2 OR keeps_codes THEN receipt_digest END,
         pin_digest = CASE WHEN claimed_at > $2 THEN pin_digest END,
         page_session_digest = CASE WHEN claimed_at > $2 THEN page_session_digest END,
         claimed_at = CASE WHEN claimed_at > $2 THEN claimed_at END
       WHERE state = ANY($4) AND ${where} RETURNING *`,
      [times.now, times.lostBefore, reason, statesBefore('cancelled'), ...parameters],
    );
    return written.map((row) => hydrate(tx, OneTimeRequest, row)).filter(({ state }) => state === 'cancelled');
  }
}

/** The selection as a condition whose parameters are numbered from `first` on. */
function meaning(selection: CancelSelection, first: number): { where: string; parameters: unknown[] } {
  const at = (offset: number): string => `$${first + offset}`;
  if ('id' in selection) return { where: `id = ${at(0)}`, parameters: [selection.id] };
  if ('accountId' in selection) {
    return {
      where: `account_id = ${at(0)} AND (${at(1)}::text IS NULL OR purpose = ${at(1)})
              AND (${at(2)}::uuid IS NULL OR id <> ${at(2)})`,
      parameters: [selection.accountId, selection.purpose ?? null, selection.except ?? null],
    };
  }
  return {
    where: `account_id IS NULL AND domain_id = ${at(0)} AND purpose = ${at(1)} AND login = ${at(2)}
            AND payload->>'email' IS NOT DISTINCT FROM ${at(3)}`,
    parameters: [selection.domainId, selection.purpose, selection.login, selection.email],
  };
}
