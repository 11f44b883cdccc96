import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/database.js';
import type { Account } from '../directory/account.entity.js';
import { Clock } from '../time/clock.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import type { CancelSelection } from './cancelling.js';
import { type RequestActor, SYSTEM } from './request-actor.js';
import { RequestAudit } from './request-audit.js';
import { RequestCancellationRepository } from './request-cancellation.repository.js';
import type { RequestPurpose } from './request-purpose.js';
import { stepTimes } from './step-times.js';

/** Why a request ends before its time. */
export type CancelReason =
  | 'superseded'
  | 'password-changed'
  | 'address-changed'
  | 'account-closed'
  | 'domain-closed'
  /** An administrator ended it. */
  | 'administrator'
  /** The person ended it. */
  | 'person'
  /** The person says that somebody else is at their account. */
  | 'compromised'
  /** An administrator blocked the person. */
  | 'blocked';

/** Ends that leave alone what outlives the person's password and address. */
const OUTLIVED: ReadonlySet<CancelReason> = new Set([
  'password-changed',
  'address-changed',
  'compromised',
  'blocked',
] as const);

export interface AccountCancel {
  readonly reason: CancelReason;
  /** All purposes unless one is given. */
  readonly purpose?: RequestPurpose;
  /** Id of a request that is left alone. */
  readonly except?: string;
  /** Those that are left alone: the ones that an administrator asked for. */
  readonly spares?: 'administrators';
}

/** Ends live requests before their time, each with an audit row. */
@Injectable()
export class RequestCancellation {
  constructor(
    private readonly repository: RequestCancellationRepository,
    private readonly audit: RequestAudit,
    private readonly clock: Clock,
  ) {}

  /** Cancels the live requests of an account, whose row is locked; returns how many. */
  ofAccount(tx: Tx, account: Account, options: AccountCancel, by: RequestActor = SYSTEM): Promise<number> {
    const { reason, purpose, except, spares } = options;
    const credentialsOnly = OUTLIVED.has(reason);
    return this.cancel(
      tx,
      { accountId: account.id, purpose: purpose?.name, except, credentialsOnly, spares },
      reason,
      by,
    );
  }

  /** Cancels one request; whether it was still alive, and ends now or with the submission that is under way. */
  async one(tx: Tx, id: string, reason: CancelReason, by: RequestActor): Promise<boolean> {
    return (await this.cancel(tx, { id }, reason, by)) > 0;
  }

  /** Writes down that a request ended with its submission, for which its end had been waiting. */
  recordCancelled(tx: Tx, request: OneTimeRequest, by: RequestActor = SYSTEM): Promise<void> {
    return this.audit.record(tx, request, 'cancelled', by);
  }

  private async cancel(tx: Tx, selection: CancelSelection, reason: CancelReason, by: RequestActor): Promise<number> {
    const cancelled = await this.repository.cancel(tx, selection, reason, stepTimes(this.clock));
    for (const request of cancelled) await this.audit.record(tx, request, 'cancelled', by);
    return cancelled.length;
  }
}
