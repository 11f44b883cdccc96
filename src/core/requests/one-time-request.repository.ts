import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { KeyedDigest } from '../crypto/secret-types.js';
import { rows, type Tx } from '../database/database.js';
import { consumeIfUnused, hydrate } from '../database/guarded-update.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { LIVE_STATES, type RequestState, statesBefore, UNOPENED_STATES } from './request-states.js';

/** {@link WITHOUT_SECRETS} in SQL. */
export const ERASE_SECRETS =
  'link_digest = NULL, receipt_digest = NULL, pin_digest = NULL, page_session_digest = NULL, claimed_at = NULL';

/** What an ended request keeps: everything but its secrets. */
const WITHOUT_SECRETS = {
  linkDigest: null,
  receiptDigest: null,
  pinDigest: null,
  pageSessionDigest: null,
  claimedAt: null,
} satisfies QueryDeepPartialEntity<OneTimeRequest>;

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
    const [row] = result.raw as Record<string, unknown>[];
    if (!row) throw new Error('an inserted request was not given back');
    return hydrate(tx, OneTimeRequest, row);
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

  /** The opened request behind a page session that was last seen, and begun, after these moments; marks it as seen. */
  async bySession(
    tx: Tx,
    purpose: string,
    digests: readonly KeyedDigest[],
    seen: { now: Date; after: Date; begunAfter: Date },
  ): Promise<OneTimeRequest | undefined> {
    if (digests.length === 0) return undefined;
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        where: `page_session_digest IN (:...digests) AND purpose = :purpose AND state = 'opened' AND end_reason IS NULL
                AND page_session_seen_at > :after AND opened_at > :begunAfter`,
        parameters: { digests, purpose, after: seen.after, begunAfter: seen.begunAfter },
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
        where: `id = :id AND state = 'opened' AND end_reason IS NULL AND NOT EXISTS (
          SELECT 1 FROM one_time_requests rival
          WHERE rival.state = 'opened' AND rival.claimed_at > :staleBefore
            AND (rival.id = :id OR rival.account_id = one_time_requests.account_id))`,
        parameters: { id, staleBefore: claim.staleBefore },
      },
      { claimedAt: claim.now },
    );
  }

  /**
   * Gives a claim back after a refusal, so that the person may try again. A request that was to be cancelled while it
   * was claimed is cancelled now, and returned.
   *
   * The account's row is locked first, as for {@link cancel}: one that had to wait for the request's row would find it
   * claimed in its snapshot and no longer claimed afterwards, and so would neither mark nor end it.
   */
  async release(tx: Tx, id: string, claimedAt: Date, now: Date): Promise<OneTimeRequest | undefined> {
    await rows(
      tx,
      'SELECT 1 FROM accounts WHERE id = (SELECT account_id FROM one_time_requests WHERE id = $1) FOR UPDATE',
      [id],
    );
    const released = await consumeIfUnused(
      tx,
      OneTimeRequest,
      { where: `id = :id AND state = 'opened' AND claimed_at = :claimedAt`, parameters: { id, claimedAt } },
      { claimedAt: null },
    );
    if (!released?.endReason) return undefined;
    return this.move(tx, id, 'cancelled', 'true', {}, { ...WITHOUT_SECRETS, endedAt: now });
  }

  /** Completes what {@link claim} reserved; only the holder of the claim can. */
  complete(tx: Tx, id: string, claimedAt: Date, now: Date): Promise<OneTimeRequest | undefined> {
    return this.move(
      tx,
      id,
      'completed',
      'claimed_at = :claimedAt',
      { claimedAt },
      { ...WITHOUT_SECRETS, endedAt: now, endReason: null },
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
   * A submission under way is left to end by itself, because its effect in the directory cannot be called back; its
   * request is marked, so that it is not gone on with when the submission is refused.
   */
  async cancel(
    tx: Tx,
    accountId: string,
    cancel: { purpose?: string; except?: string; reason: string; now: Date; claimStaleBefore: Date },
  ): Promise<OneTimeRequest[]> {
    const meant = `account_id = $1 AND state = ANY($2) AND ($5::text IS NULL OR purpose = $5) AND ($6::uuid IS NULL OR id <> $6)`;
    const ended = await rows<Record<string, unknown>>(
      tx,
      `WITH marked AS (UPDATE one_time_requests SET end_reason = $4 WHERE ${meant} AND claimed_at > $7)
       UPDATE one_time_requests SET state = 'cancelled', ended_at = $3, end_reason = $4, ${ERASE_SECRETS}
       WHERE ${meant} AND (claimed_at IS NULL OR claimed_at <= $7) RETURNING *`,
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
