import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../crypto/secret-types.js';
import { rows, type Tx } from '../database/database.js';
import { hydrate } from '../database/guarded-update.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { LIVE_STATES, UNOPENED_STATES } from './request-states.js';

/** Which requests a list shows; what is absent restricts nothing. */
export interface RequestSelection {
  readonly purposes?: readonly string[] | undefined;
  readonly domainIds?: readonly string[] | undefined;
  readonly accountId?: string | undefined;
  /** Only those that could still be used. */
  readonly live?: boolean | undefined;
}

export interface RequestPage {
  readonly offset: number;
  readonly limit: number;
}

type Row = Record<string, unknown>;

/** Named queries that find requests and change nothing. */
@Injectable()
export class OneTimeRequestRepository {
  /** The unopened, unexpired request behind a link. Reads only. */
  async byLink(
    tx: Tx,
    purpose: string,
    digests: readonly KeyedDigest[],
    now: Date,
  ): Promise<OneTimeRequest | undefined> {
    if (digests.length === 0) return undefined;
    const [row] = await rows<Row>(
      tx,
      `SELECT * FROM one_time_requests
       WHERE link_digest = ANY($1) AND purpose = $2 AND state = ANY($3) AND expires_at > $4 AND end_reason IS NULL`,
      [digests, purpose, UNOPENED_STATES, now],
    );
    return row && hydrate(tx, OneTimeRequest, row);
  }

  /** The request with this record number, in whatever state. Reads only. */
  async byNumber(tx: Tx, purposes: readonly string[], number: string): Promise<OneTimeRequest | undefined> {
    const [row] = await rows<Row>(tx, 'SELECT * FROM one_time_requests WHERE number = $1 AND purpose = ANY($2)', [
      number,
      purposes,
    ]);
    return row && hydrate(tx, OneTimeRequest, row);
  }

  /** Requests of a selection, newest first. */
  async select(tx: Tx, selection: RequestSelection, page: RequestPage): Promise<OneTimeRequest[]> {
    const { purposes = null, domainIds = null, accountId = null, live = false } = selection;
    const found = await rows<Row>(
      tx,
      `SELECT * FROM one_time_requests
       WHERE ($1::text[] IS NULL OR purpose = ANY($1)) AND ($2::uuid[] IS NULL OR domain_id = ANY($2))
         AND ($3::uuid IS NULL OR account_id = $3) AND (NOT $4 OR state = ANY($5))
       ORDER BY number DESC OFFSET $6 LIMIT $7`,
      [purposes, domainIds, accountId, live, LIVE_STATES, page.offset, page.limit],
    );
    return found.map((row) => hydrate(tx, OneTimeRequest, row));
  }
}
