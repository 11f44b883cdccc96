import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../crypto/secret-types.js';
import type { Tx } from '../database/database.js';
import type { Account } from '../directory/account.entity.js';
import { Clock } from '../time/clock.js';
import type { NewRequest } from './new-request.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { OneTimeRequestRepository } from './one-time-request.repository.js';
import { isRecordNumber } from './record-number.js';
import type { RequestActor } from './request-actor.js';
import { RequestAudit } from './request-audit.js';
import { type AccountCancel, type CancelReason, RequestCancellation } from './request-cancellation.js';
import { type CreatedRequest, RequestCreation } from './request-creation.js';
import type { RequestPurpose } from './request-purpose.js';
import { RequestSecrets } from './request-secrets.js';
import type { RequestStep } from './request-steps.js';
import { RequestTransitionRepository } from './request-transition.repository.js';
import { stepTimes } from './step-times.js';

/**
 * Seconds after which a page session ends however much it is used, no less than the longest idle time: whoever opened a
 * link that was not theirs must not keep the door open for as long as they like.
 */
const LONGEST_SESSION_SECONDS = 7_200;

interface ClaimOptions {
  readonly from?: 'opened' | 'unopened' | undefined;
  readonly required?: readonly RequestStep[] | undefined;
  readonly passwordChangedAt?: Date | null;
}

/**
 * The one-time request core: the one place that creates, opens, claims, completes and cancels. Every step is a guarded
 * statement and writes its own audit row; `undefined` always means the same: not valid any more, or somebody else was
 * first. Attempts at secrets are counted in `RequestAttempts`.
 */
@Injectable()
export class OneTimeRequests {
  constructor(
    private readonly repository: OneTimeRequestRepository,
    private readonly transitions: RequestTransitionRepository,
    private readonly creation: RequestCreation,
    private readonly cancellation: RequestCancellation,
    private readonly secrets: RequestSecrets,
    private readonly audit: RequestAudit,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a request with its secrets and ends the older ones that its purpose supersedes; those of an account one
   * after the other, because the account's row is locked. One with method `NONE` is `sent` at once.
   */
  create(tx: Tx, request: NewRequest): Promise<CreatedRequest> {
    return this.creation.create(tx, request);
  }

  /** The request that a link would open. Changes nothing (invariant 3). */
  byLink(tx: Tx, purpose: RequestPurpose, link: string): Promise<OneTimeRequest | undefined> {
    return this.repository.byLink(tx, purpose.name, this.secrets.candidates('link', purpose, link), this.clock.now());
  }

  /** Remembers in `openedAt` that somebody was shown the form behind a link that stays alive (iam-rest section 6). */
  noteLooked(tx: Tx, { id }: OneTimeRequest): Promise<void> {
    return this.transitions.noteLooked(tx, id, stepTimes(this.clock));
  }

  /**
   * The request with a record number, in whatever state, of one of these purposes. Changes nothing and proves nothing:
   * numbers are no secret, so show nothing of it before `RequestAttempts.checkCode`.
   */
  async byNumber(tx: Tx, purposes: readonly RequestPurpose[], number: string): Promise<OneTimeRequest | undefined> {
    if (!isRecordNumber(number)) return undefined;
    return this.repository.byNumber(
      tx,
      purposes.map(({ name }) => name),
      number,
    );
  }

  /**
   * Opens a request found by its link: the link dies and a page session begins.
   *
   * @param required the steps that configuration and payload demand now; they stay owed whatever is switched off later
   */
  async open(
    tx: Tx,
    purpose: RequestPurpose,
    request: OneTimeRequest,
    by: RequestActor,
    required: readonly RequestStep[] = [],
  ): Promise<{ request: OneTimeRequest; session: PlainSecret } | undefined> {
    const session = this.secrets.make('page-session', purpose);
    const begun = { digest: session.digest, address: by.clientAddress ?? null, required };
    const opened = await this.transitions.open(tx, request.id, begun, stepTimes(this.clock));
    if (!opened) return undefined;
    await this.audit.record(tx, opened, 'opened', by);
    return { request: opened, session: session.secret };
  }

  /**
   * The opened request of a page session that is not idle for `idleSeconds` and did not begin two hours ago; keeps the
   * session awake.
   */
  bySession(
    tx: Tx,
    purpose: RequestPurpose,
    session: string,
    idleSeconds: number,
  ): Promise<OneTimeRequest | undefined> {
    const digests = this.secrets.candidates('page-session', purpose, session);
    return this.transitions.bySession(tx, purpose.name, digests, {
      now: this.clock.now(),
      after: this.clock.in(-idleSeconds),
      begunAfter: this.clock.in(-LONGEST_SESSION_SECONDS),
    });
  }

  /**
   * Reserves a request for one submission, the account's row locked. Of parallel submissions one gets it, and none
   * before every step that was owed when the link was opened is passed, and every one of `required`.
   *
   * @param from `unopened` for surfaces without a page session, whose caller shows the secret with the submission itself
   *   (iam-rest section 3.2)
   * @param passwordChangedAt what the directory says of the person's password now, for submissions that change it; null
   *   when it says nothing
   */
  claim(
    tx: Tx,
    request: OneTimeRequest,
    { from = 'opened', required = [], passwordChangedAt }: ClaimOptions = {},
  ): Promise<OneTimeRequest | undefined> {
    return this.transitions.claim(tx, request.id, { from, required, passwordChangedAt }, stepTimes(this.clock));
  }

  /** Gives a claim back after a refusal; a request that was cancelled meanwhile ends with it. */
  async release(tx: Tx, claimed: OneTimeRequest): Promise<void> {
    if (!claimed.claimedAt) return;
    const cancelled = await this.transitions.release(tx, claimed.id, claimed.claimedAt, this.clock.now());
    if (cancelled) await this.cancellation.recordCancelled(tx, cancelled);
  }

  /** Completes a claimed request. */
  async complete(tx: Tx, claimed: OneTimeRequest, by: RequestActor): Promise<OneTimeRequest | undefined> {
    if (!claimed.claimedAt) return undefined;
    const completed = await this.transitions.complete(tx, claimed.id, claimed.claimedAt, this.clock.now());
    if (completed) await this.audit.record(tx, completed, 'completed', by);
    return completed;
  }

  /**
   * Completes an unopened request in one statement, for requests without a page whose secret was proved just before.
   * Of parallel calls one gets it.
   */
  async consume(tx: Tx, request: OneTimeRequest, by: RequestActor): Promise<OneTimeRequest | undefined> {
    const completed = await this.transitions.consume(tx, request.id, stepTimes(this.clock));
    if (completed) await this.audit.record(tx, completed, 'completed', by);
    return completed;
  }

  /** Notes how the delivery went; whether it was the first word on it. */
  async settleDelivery(
    tx: Tx,
    request: OneTimeRequest,
    to: 'sent' | 'failed' | 'undelivered',
    by: RequestActor,
  ): Promise<boolean> {
    const settled = await this.transitions.settleDelivery(tx, request.id, to, this.clock.now());
    if (settled) await this.audit.record(tx, settled, to, by);
    return settled !== undefined;
  }

  /** Cancels the live requests of an account, whose row is locked; returns how many. */
  cancel(tx: Tx, account: Account, options: AccountCancel, by?: RequestActor): Promise<number> {
    return this.cancellation.ofAccount(tx, account, options, by);
  }

  /** Cancels one request by its id; whether it was still alive and not being carried out. */
  cancelOne(tx: Tx, id: string, reason: CancelReason, by: RequestActor): Promise<boolean> {
    return this.cancellation.one(tx, id, reason, by);
  }
}
