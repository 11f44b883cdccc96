import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { PlainSecret } from '../crypto/secret-types.js';
import type { Tx } from '../database/database.js';
import type { Account } from '../directory/account.entity.js';
import { Clock } from '../time/clock.js';
import { type NewRequest, newRow } from './new-request.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { OneTimeRequestRepository } from './one-time-request.repository.js';
import type { RequestPurpose } from './request-purpose.js';
import { RequestSecrets } from './request-secrets.js';

/** Seconds after which a submission that never came back no longer keeps others out. */
const CLAIM_SECONDS = 60;

/**
 * Seconds after which a page session ends however much it is used, no less than the longest idle time: whoever opened a
 * link that was not theirs must not keep the door open for as long as they like.
 */
const LONGEST_SESSION_SECONDS = 7_200;

/**
 * The one-time request core: the one place that creates, opens, claims, completes and cancels. Every step is a guarded
 * statement; `undefined` always means the same: not valid any more, or somebody else was first.
 */
@Injectable()
export class OneTimeRequests {
  constructor(
    private readonly repository: OneTimeRequestRepository,
    private readonly secrets: RequestSecrets,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Creates a request with a link secret and, where the purpose says so, ends older ones of the same person. */
  async create(tx: Tx, request: NewRequest): Promise<{ request: OneTimeRequest; link: PlainSecret }> {
    const { purpose, account } = request;
    if (purpose.supersedes && account) await this.cancel(tx, account, { purpose, reason: 'superseded' });
    const link = this.secrets.make('link', purpose);
    const created = await this.repository.insert(tx, newRow(request, link.digest, this.clock));
    return { request: created, link: link.secret };
  }

  /** The request that a link would open. Changes nothing (invariant 3). */
  byLink(tx: Tx, purpose: RequestPurpose, link: string): Promise<OneTimeRequest | undefined> {
    return this.repository.byLink(tx, purpose.name, this.secrets.candidates('link', purpose, link), this.clock.now());
  }

  /** Opens a request found by its link: the link dies and a page session begins. */
  async open(
    tx: Tx,
    purpose: RequestPurpose,
    request: OneTimeRequest,
    address: string,
  ): Promise<{ request: OneTimeRequest; session: PlainSecret } | undefined> {
    const session = this.secrets.make('page-session', purpose);
    const opened = await this.repository.open(tx, request.id, {
      digest: session.digest,
      now: this.clock.now(),
      address,
    });
    return opened && { request: opened, session: session.secret };
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
    return this.repository.bySession(tx, purpose.name, digests, {
      now: this.clock.now(),
      after: this.clock.in(-idleSeconds),
      begunAfter: this.clock.in(-LONGEST_SESSION_SECONDS),
    });
  }

  /** Reserves an opened request for one submission, the account's row locked. Of parallel submissions one gets it. */
  claim(tx: Tx, request: OneTimeRequest): Promise<OneTimeRequest | undefined> {
    return this.repository.claim(tx, request.id, { now: this.clock.now(), staleBefore: this.clock.in(-CLAIM_SECONDS) });
  }

  /** Gives a claim back after a refusal; a request that was cancelled meanwhile ends with it. */
  async release(tx: Tx, claimed: OneTimeRequest): Promise<void> {
    if (!claimed.claimedAt) return;
    const cancelled = await this.repository.release(tx, claimed.id, claimed.claimedAt, this.clock.now());
    if (cancelled) await this.recordCancelled(tx, cancelled);
  }

  /** Completes a claimed request. */
  async complete(tx: Tx, claimed: OneTimeRequest): Promise<OneTimeRequest | undefined> {
    if (!claimed.claimedAt) return undefined;
    return this.repository.complete(tx, claimed.id, claimed.claimedAt, this.clock.now());
  }

  /** Notes how the delivery went. */
  settleDelivery(tx: Tx, request: OneTimeRequest, to: 'sent' | 'failed' | 'undelivered'): Promise<boolean> {
    return this.repository.settleDelivery(tx, request.id, to, this.clock.now());
  }

  /** Cancels the live requests of an account, each with an audit row; returns how many. */
  async cancel(
    tx: Tx,
    account: Account,
    options: {
      reason: 'superseded' | 'password-changed' | 'address-changed' | 'account-closed' | 'administrator';
      purpose?: RequestPurpose;
      except?: string;
    },
  ): Promise<number> {
    const { reason, purpose, except } = options;
    const cancelled = await this.repository.cancel(tx, account.id, {
      reason,
      now: this.clock.now(),
      claimStaleBefore: this.clock.in(-CLAIM_SECONDS),
      ...(purpose && { purpose: purpose.name }),
      ...(except && { except }),
    });
    for (const request of cancelled) await this.recordCancelled(tx, request);
    return cancelled.length;
  }

  private async recordCancelled(tx: Tx, request: OneTimeRequest): Promise<void> {
    await this.audit.record(tx, {
      event: `${request.purpose}.cancelled`,
      outcome: 'success',
      actor: 'system',
      accountId: request.accountId,
      target: request.login,
      requestId: request.id,
      detail: { reason: request.endReason },
    });
  }
}
