import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { Tx } from '../../core/database/database.js';
import { consumeIfUnused } from '../../core/database/guarded-update.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { RequestAttempts } from '../../core/requests/request-attempts.js';
import { Clock } from '../../core/time/clock.js';
import { TokenAssignment } from '../token-assignment.entity.js';
import type { AssignmentStatus } from '../token-states.js';
import type { HeldToken } from '../token-store.js';
import type { EnrolmentHolder } from './enrolment-holder.js';

/** Changes of an authenticator that its person keeps: on, off, when it ends, and its name. Each is written into the audit. */
@Injectable()
export class AuthenticatorSwitch {
  constructor(
    private readonly accounts: Accounts,
    private readonly requestAttempts: RequestAttempts,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes one usable again that was disabled, or locked after failed attempts; never one that was not proved.
   *
   * @throws DomainError `nothing-to-change`
   */
  enable(tx: Tx, holder: EnrolmentHolder, held: HeldToken): Promise<void> {
    return this.change(tx, holder, held, { event: 'authenticator.enabled', from: ['DISABLED', 'LOCKED'] }, 'ACTIVE');
  }

  /** Keeps one from being used, until it is enabled. @throws DomainError `nothing-to-change` */
  disable(tx: Tx, holder: EnrolmentHolder, held: HeldToken): Promise<void> {
    return this.change(tx, holder, held, { event: 'authenticator.disabled', from: ['ACTIVE', 'LOCKED'] }, 'DISABLED');
  }

  /**
   * Sets how long, and how often, one works from now on.
   *
   * @throws DomainError `nothing-to-change` when it has ended meanwhile
   */
  async restrict(
    tx: Tx,
    holder: EnrolmentHolder,
    { token, assignment }: HeldToken,
    limits: Partial<Pick<TokenAssignment, 'expires' | 'usageLimit'>>,
  ): Promise<void> {
    await this.accounts.lock(tx, holder.found.account.id);
    const changed = await consumeIfUnused(
      tx,
      TokenAssignment,
      { where: 'id = :id AND ended_at IS NULL', parameters: { id: assignment.id } },
      { ...limits, updatedAt: this.clock.now() },
    );
    if (!changed) throw new DomainError('nothing-to-change');
    await this.record(tx, holder, 'authenticator.restricted', token, changed, {
      expires: changed.expires?.toISOString() ?? null,
      usageLimit: changed.usageLimit,
    });
  }

  /** Gives one another name; none when it is empty. @throws DomainError `nothing-to-change` when it has ended meanwhile */
  async rename(tx: Tx, holder: EnrolmentHolder, { token, assignment }: HeldToken, name: string): Promise<void> {
    await this.accounts.lock(tx, holder.found.account.id);
    const changed = await consumeIfUnused(
      tx,
      TokenAssignment,
      { where: 'id = :id AND ended_at IS NULL', parameters: { id: assignment.id } },
      { name: name === '' ? null : name, updatedAt: this.clock.now() },
    );
    if (!changed) throw new DomainError('nothing-to-change');
    await this.record(tx, holder, 'authenticator.renamed', token, changed);
  }

  private async change(
    tx: Tx,
    holder: EnrolmentHolder,
    { token, assignment }: HeldToken,
    { event, from }: { readonly event: string; readonly from: readonly AssignmentStatus[] },
    status: AssignmentStatus,
  ): Promise<void> {
    await this.accounts.lock(tx, holder.found.account.id);
    const changed = await consumeIfUnused(
      tx,
      TokenAssignment,
      { where: 'id = :id AND ended_at IS NULL AND status IN (:...from)', parameters: { id: assignment.id, from } },
      { status, updatedAt: this.clock.now() },
    );
    if (!changed) throw new DomainError('nothing-to-change');
    if (status !== 'ACTIVE') await this.requestAttempts.forgetStep(tx, holder.found.account.id, 'second-factor');
    await this.record(tx, holder, event, token, changed);
  }

  private record(
    tx: Tx,
    { found, requestId, context }: EnrolmentHolder,
    event: string,
    { kind, serial }: HeldToken['token'],
    { slot }: TokenAssignment,
    more: Readonly<Record<string, string | number | null>> = {},
  ): Promise<void> {
    return this.audit.record(tx, {
      ...context,
      event,
      outcome: 'success',
      accountId: found.account.id,
      requestId,
      detail: { kind, serial, slot, ...more },
    });
  }
}
