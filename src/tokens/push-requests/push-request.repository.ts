import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { consumeIfUnused, hydrate } from '../../core/database/guarded-update.js';
import { PushRequest } from './push-request.entity.js';
import type { PushRequestState } from './push-request-states.js';

/** A request to be put; everything in it is shown as it stands. */
export type NewPushRequest = Pick<
  PushRequest,
  | 'accountId'
  | 'tokenId'
  | 'application'
  | 'remoteAddress'
  | 'number'
  | 'localAuth'
  | 'session'
  | 'createdAt'
  | 'expiresAt'
>;

/** A request that is over. */
export interface EndedPushRequest {
  readonly id: string;
  readonly state: Exclude<PushRequestState, 'open'>;
  readonly token: { readonly id: string; readonly serial: string } | undefined;
}

/** Which request a device may answer: an open one of its person, for it or for any of their devices. */
interface Answerable {
  readonly id: string;
  readonly accountId: string;
  readonly tokenId: string;
}

interface EndedRow {
  readonly id: string;
  readonly state: EndedPushRequest['state'];
  readonly token_id: string | null;
  readonly serial: string | null;
}

/** Answers to one request that are looked at. */
const ATTEMPT_LIMIT = 5;

const ANSWERABLE = `id = :id AND account_id = :accountId AND (token_id IS NULL OR token_id = :tokenId)
  AND state = 'open' AND expires_at > :now`;

/** The statements of push requests. A request leaves `open` by a guarded one, whoever moves it (invariant 1). */
@Injectable()
export class PushRequestRepository {
  constructor(private readonly database: Database) {}

  /** Requests without an approval since `since`, and since the last approval, oldest first. The account is locked. */
  async unanswered(tx: Tx, accountId: string, since: Date): Promise<Date[]> {
    const found = await rows<{ created_at: Date }>(
      tx,
      `SELECT created_at FROM push_requests
       WHERE account_id = $1 AND created_at > $2 AND created_at > COALESCE(
         (SELECT max(created_at) FROM push_requests WHERE account_id = $1 AND state = 'approved'), '-infinity')
       ORDER BY created_at`,
      [accountId, since],
    );
    return found.map((row) => row.created_at);
  }

  /** Puts a request in the place of the one that is open, if one is. The account is locked. */
  async put(tx: Tx, request: NewPushRequest): Promise<PushRequest> {
    await rows(tx, `UPDATE push_requests SET state = 'superseded' WHERE account_id = $1 AND state = 'open'`, [
      request.accountId,
    ]);
    const [row] = await rows<Record<string, unknown>>(
      tx,
      `INSERT INTO push_requests
         (id, account_id, token_id, application, remote_address, number, session, created_at, expires_at, local_auth)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING *`,
      [
        randomUUID(),
        request.accountId,
        request.tokenId,
        request.application,
        request.remoteAddress,
        request.number,
        request.session,
        request.createdAt,
        request.expiresAt,
        request.localAuth,
      ],
    );
    if (!row) throw new Error('a push request was not written');
    return hydrate(tx, PushRequest, row);
  }

  /** Of these requests, those that are over; what is past its time is ended by asking. */
  async ended(ids: readonly string[], now: Date): Promise<EndedPushRequest[]> {
    const found = await this.database.query<EndedRow>(
      `WITH expired AS (
         UPDATE push_requests SET state = 'expired' WHERE id = ANY($1) AND state = 'open' AND expires_at <= $2
         RETURNING id, state)
       SELECT id, state, NULL::uuid AS token_id, NULL::text AS serial FROM expired
       UNION ALL
       SELECT r.id, r.state, t.id, t.serial FROM push_requests r LEFT JOIN tokens t ON t.id = r.answered_by
       WHERE r.id = ANY($1) AND r.state <> 'open'`,
      [ids, now],
    );
    return found.map(({ id, state, token_id, serial }) => ({
      id,
      state,
      token: token_id === null || serial === null ? undefined : { id: token_id, serial },
    }));
  }

  /** Ends requests nobody waits for any more. @returns how many were open */
  async withdraw(which: { readonly session: string } | { readonly ids: readonly string[] }): Promise<number> {
    const [where, value] = 'session' in which ? ['session = $1', which.session] : ['id = ANY($1)', which.ids];
    const gone = await this.database.query(
      `UPDATE push_requests SET state = 'withdrawn' WHERE ${where} AND state = 'open' RETURNING id`,
      [value],
    );
    return gone.length;
  }

  /** The request that a device has to show now; the first time is written down. */
  async deliver(accountId: string, tokenId: string, now: Date): Promise<PushRequest | undefined> {
    const [row] = await this.database.query<Record<string, unknown>>(
      `UPDATE push_requests SET delivered_at = COALESCE(delivered_at, $3)
       WHERE account_id = $1 AND (token_id IS NULL OR token_id = $2) AND state = 'open' AND expires_at > $3
       RETURNING *`,
      [accountId, tokenId, now],
    );
    return row && hydrate(this.database.manager, PushRequest, row);
  }

  /** Counts an answer, and commits, before it is looked at; undefined when there is nothing to answer. */
  count(which: Answerable, now: Date): Promise<PushRequest | undefined> {
    return consumeIfUnused(
      this.database.manager,
      PushRequest,
      { where: `${ANSWERABLE} AND attempts < ${ATTEMPT_LIMIT}`, parameters: { ...which, now } },
      { attempts: () => 'attempts + 1' },
    );
  }

  /** Takes an answer, from one of any number of rivals; undefined for all others. */
  answer(
    tx: Tx,
    which: Answerable,
    state: 'approved' | 'denied' | 'mismatched',
    now: Date,
  ): Promise<PushRequest | undefined> {
    return consumeIfUnused(
      tx,
      PushRequest,
      { where: ANSWERABLE, parameters: { ...which, now } },
      { state, answeredAt: now, answeredBy: which.tokenId },
    );
  }

  /** Deletes requests that were over before a moment, some at a time. @returns how many there were */
  async purge(endedBefore: Date, batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM push_requests WHERE id = ANY (ARRAY(
         SELECT id FROM push_requests WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING id`,
      [endedBefore, batch],
    );
    return gone.length;
  }
}
