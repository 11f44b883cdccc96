import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { KeyedDigest } from '../crypto/secret-types.js';
import { rows, type Tx } from '../database/database.js';
import { consumeIfUnused, hydrate } from '../database/guarded-update.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { ENDED_STATES, LIVE_STATES, type RequestState, statesBefore, UNOPENED_STATES } from './request-states.js';

/** What an ended request keeps: everything but its secrets. */
const WITHOUT_SECRETS = {
  linkDigest: null,
  receiptDigest: null,
  pinDigest: null,
  pageSessionDigest: null,
  claimedAt: null,
} satisfies QueryDeepPartialEntity<OneTimeRequest>;

/** Which rows a sweep ends, and how. */
interface Sweep {
  readonly to: RequestState;
  readonly reason: string;
  /** SQL condition over the columns; `$1` is now, `$2` the moment given with the sweep. */
  readonly where: string;
}

/**
 * Named queries over one-time requests. Every change of state is one conditional statement whose guard comes from the
 * table of transitions; no row back means that somebody else was first.
 */
@Injectable()
export class OneTimeRequestRepository {
  async insert(tx: Tx, request: Omit<OneTimeRequest, 'number'>): Promise<OneTimeRequest> {
    const result = await tx
      .createQueryBuilder()
      .insert()
      .into(OneTimeRequest)
      .values(request as QueryDeepPartialEntity<OneTimeRequest>)
      .returning('*')
      .execute();
    return hydrate(tx, OneTimeRequest, (result.raw as Record<string, unknown>[])[0]!);
  }

  /** The unopened, unexpired request behind a link. Reads only. */
  async byLink(
    tx: Tx,
    purpose: string,
    digests: readonly KeyedDigest[],
    now: Date,
  ): Promise<OneTimeRequest | undefined> {
    if (digests.length === 0) return undefined;
    const [row] = await rows<Record<string, unknown>>(
      tx,
      `SELECT * FROM one_time_requests
       WHERE link_digest = ANY($1) AND purpose = $2 AND state = ANY($3) AND expires_at > $4`,
      [digests, purpose, UNOPENED_STATES, now],
    );
    return row && hydrate(tx, OneTimeRequest, row);
  }

  /** Opens a request: the link dies, the page session begins. */
  open(
    tx: Tx,
    id: string,
    session: { digest: KeyedDigest; now: Date; address: string },
  ): Promise<OneTimeRequest | undefined> {
    return this.move(
      tx,
      id,
      'opened',
      'expires_at > :now',
      { now: session.now },
      {
        linkDigest: null,
        pageSessionDigest: session.digest,
        pageSessionSeenAt: session.now,
        openedAt: session.now,
        openedAddress: session.address,
      },
    );
  }

  /** The opened request behind a page session that was last seen after `seenAfter`; marks it as seen. */
  async bySession(
    tx: Tx,
    purpose: string,
    digests: readonly KeyedDigest[],
    seen: { now: Date; after: Date },
  ): Promise<OneTimeRequest | undefined> {
    if (digests.length === 0) return undefined;
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        where: `page_session_digest IN (:...digests) AND purpose = :purpose AND state = 'opened' AND page_session_seen_at > :after`,
        parameters: { digests, purpose, after: seen.after },
      },
      { pageSessionSeenAt: seen.now },
    );
  }

  /**
   * Reserves an opened request for one submission, unless one that began after `staleBefore` is under way for it or for
   * another request of the same account. The account's row is locked, so rivals of one account decide one by one.
   */
  claim(tx: Tx, id: string, claim: { now: Date; staleBefore: Date }): Promise<OneTimeRequest | undefined> {
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        where: `id = :id AND state = 'opened' AND NOT EXISTS (
          SELECT 1 FROM one_time_requests rival
          WHERE rival.state = 'opened' AND rival.claimed_at > :staleBefore
            AND (rival.id = :id OR rival.account_id = one_time_requests.account_id))`,
        parameters: { id, staleBefore: claim.staleBefore },
      },
      { claimedAt: claim.now },
    );
  }

  /** Gives a claim back after a refusal, so that the person may try again. */
  async release(tx: Tx, id: string, claimedAt: Date): Promise<void> {
    await tx.update(OneTimeRequest, { id, claimedAt }, { claimedAt: null });
  }

  /** Completes what {@link claim} reserved; only the holder of the claim can. */
  complete(tx: Tx, id: string, claimedAt: Date, now: Date): Promise<OneTimeRequest | undefined> {
    return this.move(
      tx,
      id,
      'completed',
      'claimed_at = :claimedAt',
      { claimedAt },
      { ...WITHOUT_SECRETS, endedAt: now },
    );
  }

  /** Moves a request on after its messages were tried. */
  async settleDelivery(tx: Tx, id: string, to: 'sent' | 'failed' | 'undelivered', now: Date): Promise<boolean> {
    const ended =
      to === 'failed' ? { ...WITHOUT_SECRETS, endedAt: now, endReason: 'delivery-failed' } : { sentAt: now };
    return (await this.move(tx, id, to, 'true', {}, ended)) !== undefined;
  }

  /**
   * Cancels the live requests of an account; those of one purpose, or all. Returns what was cancelled.
   *
   * A submission under way is left to end by itself: its effect in the directory cannot be called back.
   */
  async cancel(
    tx: Tx,
    accountId: string,
    cancel: { purpose?: string; except?: string; reason: string; now: Date; claimStaleBefore: Date },
  ): Promise<OneTimeRequest[]> {
    const ended = await rows<Record<string, unknown>>(
      tx,
      `UPDATE one_time_requests SET state = 'cancelled', ended_at = $3, end_reason = $4, ${ERASE}
       WHERE account_id = $1 AND state = ANY($2) AND ($5::text IS NULL OR purpose = $5) AND ($6::uuid IS NULL OR id <> $6)
         AND (claimed_at IS NULL OR claimed_at <= $7)
       RETURNING *`,
      [
        accountId,
        LIVE_STATES,
        cancel.now,
        cancel.reason,
        cancel.purpose ?? null,
        cancel.except ?? null,
        cancel.claimStaleBefore,
      ],
    );
    return ended.map((row) => hydrate(tx, OneTimeRequest, row));
  }

  /**
   * Ends a batch of overdue requests. Rows that another process holds are skipped, so any number of processes may sweep
   * at once and each row is ended by one of them.
   */
  async sweep(tx: Tx, sweep: Sweep, times: { now: Date; before: Date }, batch: number): Promise<OneTimeRequest[]> {
    const ended = await rows<Record<string, unknown>>(
      tx,
      `UPDATE one_time_requests SET state = $3, ended_at = $1, end_reason = $4, ${ERASE}
       WHERE id IN (SELECT id FROM one_time_requests
                    WHERE state = ANY($5) AND ${sweep.where} ORDER BY created_at LIMIT $6 FOR UPDATE SKIP LOCKED)
       RETURNING *`,
      [times.now, times.before, sweep.to, sweep.reason, statesBefore(sweep.to), batch],
    );
    return ended.map((row) => hydrate(tx, OneTimeRequest, row));
  }

  /** Deletes a batch of requests that ended before `before`; returns how many. */
  async deleteEnded(tx: Tx, before: Date, batch: number): Promise<number> {
    const gone = await rows(
      tx,
      `DELETE FROM one_time_requests WHERE id IN (
         SELECT id FROM one_time_requests WHERE ended_at <= $1 AND state = ANY($3)
         ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
      [before, batch, ENDED_STATES],
    );
    return gone.length;
  }

  /** Live requests of an account, or all of them, newest first. */
  async ofAccount(tx: Tx, accountId: string, only: 'live' | 'all'): Promise<OneTimeRequest[]> {
    const found = await rows<Record<string, unknown>>(
      tx,
      'SELECT * FROM one_time_requests WHERE account_id = $1 AND ($2 OR state = ANY($3)) ORDER BY created_at DESC, number DESC',
      [accountId, only === 'all', LIVE_STATES],
    );
    return found.map((row) => hydrate(tx, OneTimeRequest, row));
  }

  private move(
    tx: Tx,
    id: string,
    to: RequestState,
    guard: string,
    parameters: Record<string, unknown>,
    set: QueryDeepPartialEntity<OneTimeRequest>,
  ): Promise<OneTimeRequest | undefined> {
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        where: `id = :id AND state IN (:...from) AND (${guard})`,
        parameters: { id, from: statesBefore(to), ...parameters },
      },
      { ...set, state: to },
    );
  }
}

const ERASE =
  'link_digest = NULL, receipt_digest = NULL, pin_digest = NULL, page_session_digest = NULL, claimed_at = NULL';
