import { Injectable } from '@nestjs/common';
import { Database, rows } from '../../../core/database/database.js';
import type { OneTimeRequest } from '../../../core/requests/one-time-request.entity.js';
import { Clock } from '../../../core/time/clock.js';

/**
 * Tries at the PIN of a stranger's request that has ended before its time. Its receipt goes on as if nothing had
 * happened: nothing ever ends a request of somebody who does not exist, so that its end would tell that this person does
 * (user-requests section 3, "the anonymous trap"; attack class 45). No PIN is right any more.
 */
@Injectable()
export class ClosedReceipts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts a try; whether there was one left. */
  async countPin({ id }: Pick<OneTimeRequest, 'id'>): Promise<boolean> {
    const counted = await rows(
      this.database.manager,
      `UPDATE one_time_requests SET pin_attempts = pin_attempts + 1
       WHERE id = $1 AND ended_at IS NOT NULL AND NOT receipt_opens AND pin_attempts < pin_attempt_limit
         AND pin_expires_at > $2 RETURNING id`,
      [id, this.clock.now()],
    );
    return counted.length > 0;
  }
}
