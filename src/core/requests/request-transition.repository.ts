import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { KeyedDigest } from '../crypto/secret-types.js';
import type { Tx } from '../database/database.js';
import { consumeIfUnused } from '../database/guarded-update.js';
import { WITHOUT_LIVING_SECRETS, WITHOUT_SECRETS } from './erased-secrets.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { LIVE_STATES, type RequestState, statesBefore, UNOPENED_STATES } from './request-states.js';
import type { RequestStep } from './request-steps.js';
import type { StepTimes } from './step-times.js';

/** Unopened, unexpired, and neither claimed nor about to end; needs the parameters of {@link StepTimes}. */
const USABLE_UNOPENED = `state IN (:...unopened) AND expires_at > :now AND end_reason IS NULL
  AND (claimed_at IS NULL OR claimed_at <= :staleBefore)`;

/**
 * The steps forward of one-time requests. Every change of state is one conditional statement whose guard comes from the
 * table of transitions; no row back means that somebody else was first.
 */
@Injectable()
export class RequestTransitionRepository {
  /** Opens a request: the link and the PIN die, the page session begins. */
  open(
    tx: Tx,
    id: string,
    session: { digest: KeyedDigest; address: string | null; required: readonly RequestStep[] },
    times: StepTimes,
  ): Promise<OneTimeRequest | undefined> {
    return this.move(tx, id, 'opened', unopened(times), {
      linkDigest: null,
      pinDigest: null,
      pageSessionDigest: session.digest,
      pageSessionSeenAt: times.now,
      openedAt: times.now,
      openedAddress: session.address,
      requiredSteps: [...session.required],
    });
  }

  /** Remembers that the form behind a link was asked for, the first time; changes nothing else. */
  async noteLooked(tx: Tx, id: string, { now }: Pick<StepTimes, 'now'>): Promise<void> {
    await tx.update(OneTimeRequest, { id, openedAt: IsNull(), state: In([...UNOPENED_STATES]) }, { openedAt: now });
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
   * Reserves a request for one submission, once these steps are passed, unless a submission is under way for it or for
   * another request of the same account. The account's row is locked, so rivals of one account decide one by one.
   */
  claim(
    tx: Tx,
    id: string,
    claim: {
      from: 'opened' | 'unopened';
      required: readonly RequestStep[];
      passwordChangedAt: Date | null | undefined;
    },
    { now, staleBefore }: StepTimes,
  ): Promise<OneTimeRequest | undefined> {
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        // The own claim is looked at in the row itself, which PostgreSQL reads again after waiting for a rival; where no
        // account's row is locked before, nothing else keeps two submissions apart.
        where: `id = :id AND state IN (:...from) AND (state = 'opened' OR expires_at > :now) AND end_reason IS NULL
          AND (claimed_at IS NULL OR claimed_at <= :staleBefore) AND required_steps || CAST(:required AS text[]) <@ passed_steps
          AND NOT EXISTS (
            SELECT 1 FROM one_time_requests rival
            WHERE rival.state IN (:...live) AND rival.claimed_at > :staleBefore
              AND (rival.id = :id OR rival.account_id = one_time_requests.account_id))`,
        parameters: {
          id,
          from: claim.from === 'opened' ? ['opened'] : UNOPENED_STATES,
          required: claim.required,
          live: LIVE_STATES,
          now,
          staleBefore,
        },
      },
      { claimedAt: now, ...(claim.passwordChangedAt !== undefined && { passwordChangedAt: claim.passwordChangedAt }) },
    );
  }

  /**
   * Gives a claim back after a refusal, so that the person may try again. A request that was to be cancelled while it
   * was claimed is cancelled now, and returned.
   */
  async release(tx: Tx, id: string, claimedAt: Date, now: Date): Promise<OneTimeRequest | undefined> {
    const released = await consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        where: `id = :id AND state IN (:...live) AND claimed_at = :claimedAt`,
        parameters: { id, live: LIVE_STATES, claimedAt },
      },
      { claimedAt: null },
    );
    if (!released?.endReason) return undefined;
    return this.move(tx, id, 'cancelled', ALWAYS, { ...WITHOUT_LIVING_SECRETS, endedAt: now });
  }

  /** Completes what {@link claim} reserved; only the holder of the claim can. */
  complete(tx: Tx, id: string, claimedAt: Date, now: Date): Promise<OneTimeRequest | undefined> {
    const held = { where: 'claimed_at = :claimedAt', parameters: { claimedAt } };
    return this.move(tx, id, 'completed', held, { ...WITHOUT_SECRETS, endedAt: now, endReason: null });
  }

  /** Completes a request that needs no page, straight from where it was made or sent. */
  consume(tx: Tx, id: string, times: StepTimes): Promise<OneTimeRequest | undefined> {
    return this.move(tx, id, 'completed', unopened(times), { ...WITHOUT_SECRETS, endedAt: times.now });
  }

  /** Moves a request on after its messages were tried. */
  settleDelivery(
    tx: Tx,
    id: string,
    to: 'sent' | 'failed' | 'undelivered',
    now: Date,
  ): Promise<OneTimeRequest | undefined> {
    const ended =
      to === 'failed' ? { ...WITHOUT_SECRETS, endedAt: now, endReason: 'delivery-failed' } : { sentAt: now };
    return this.move(tx, id, to, ALWAYS, ended);
  }

  private move(
    tx: Tx,
    id: string,
    to: RequestState,
    guard: { where: string; parameters: Record<string, unknown> },
    set: QueryDeepPartialEntity<OneTimeRequest>,
  ): Promise<OneTimeRequest | undefined> {
    return consumeIfUnused(
      tx,
      OneTimeRequest,
      {
        where: `id = :id AND state IN (:...from) AND (${guard.where})`,
        parameters: { id, from: statesBefore(to), ...guard.parameters },
      },
      { ...set, state: to },
    );
  }
}

const ALWAYS = { where: 'true', parameters: {} };

function unopened({ now, staleBefore }: StepTimes): { where: string; parameters: Record<string, unknown> } {
  return { where: USABLE_UNOPENED, parameters: { unopened: UNOPENED_STATES, now, staleBefore } };
}
