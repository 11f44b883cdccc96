import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/database.js';
import { hydrate } from '../database/guarded-update.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { LIVE_STATES } from './request-states.js';

/** Named queries over claims that never came back. */
@Injectable()
export class StaleClaimRepository {
  /** Requests claimed at `before` or earlier, the longest first, without those of these ids and these domains. */
  async find(
    tx: Tx,
    before: Date,
    without: { readonly ids: readonly string[]; readonly domainIds: readonly string[] },
    batch: number,
  ): Promise<OneTimeRequest[]> {
    const found = await rows<Record<string, unknown>>(
      tx,
      `SELECT * FROM one_time_requests
       WHERE state = ANY($1) AND claimed_at <= $2 AND id <> ALL($3::uuid[]) AND domain_id <> ALL($4::uuid[])
       ORDER BY claimed_at LIMIT $5`,
      [LIVE_STATES, before, without.ids, without.domainIds, batch],
    );
    return found.map((row) => hydrate(tx, OneTimeRequest, row));
  }
}
