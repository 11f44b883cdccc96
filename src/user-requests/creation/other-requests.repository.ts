import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../../core/database/database.js';
import { LIVE_STATES } from '../../core/requests/request-states.js';

/** What user requests need to know of the others of a person. */
@Injectable()
export class OtherRequestsRepository {
  /**
   * Whether an account, which is locked, has a live request of this purpose that a stranger asked for with the one of
   * this number, or after it. Orders may be carried out twice, and in another order than they came.
   */
  async hasAnswerTo(tx: Tx, accountId: string, purpose: string, number: string): Promise<boolean> {
    const found = await rows(
      tx,
      `SELECT 1 FROM one_time_requests
       WHERE account_id = $1 AND purpose = $2 AND state = ANY($3) AND created_by_account_id IS NULL
         AND coalesce(CAST(payload->>'askedAs' AS bigint), number) >= CAST($4 AS bigint)
       LIMIT 1`,
      [accountId, purpose, LIVE_STATES, number],
    );
    return found.length > 0;
  }

  /**
   * Whether a person was made for a request that is not completed, and that nobody ended on purpose since: inactive until
   * its PIN is right, and not because somebody switched them off, which begins another credential generation.
   */
  async waitsForPin(tx: Tx, accountId: string, purpose: string): Promise<boolean> {
    const found = await rows(
      tx,
      `SELECT 1 FROM (
         SELECT state, end_reason, payload, credential_generation FROM one_time_requests
         WHERE account_id = $1 AND purpose = $2 ORDER BY number DESC LIMIT 1) newest
       JOIN accounts account ON account.id = $1 AND account.credential_generation = newest.credential_generation
       WHERE newest.payload->>'activates' = 'true' AND newest.state <> 'completed'
         AND (newest.end_reason IS NULL OR newest.end_reason IN ('superseded', 'too-many-attempts', 'deadline'))`,
      [accountId, purpose],
    );
    return found.length > 0;
  }
}
