import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { AuthenticatorNotices } from '../enrolment/authenticator-notices.js';
import type { TokenAssignment } from '../token-assignment.entity.js';
import { TokenPlaces } from '../token-places.js';
import { TokenStore } from '../token-store.js';
import { type ActivationAttempt, ActivationProof, type ProofRefusal } from './activation-proof.js';

/** `nothing-to-change`: it is active already. */
export type ActivationOutcome =
  { readonly ok: true } | { readonly ok: false; readonly code: ProofRefusal | 'nothing-to-change' };

/** Makes tokens usable whose people give the activation code back (authentication methods, section 4.14). */
@Injectable()
export class TokenActivation {
  constructor(
    private readonly proof: ActivationProof,
    private readonly store: TokenStore,
    private readonly accounts: Accounts,
    private readonly notices: AuthenticatorNotices,
    private readonly places: TokenPlaces,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /**
   * One of any number of rivals makes the assignment ACTIVE; one without a slot comes into the first free one. The code is
   * gone, and the person is told. Not inside a transaction.
   *
   * @throws DomainError `slot-taken` when the person has no free slot, or as many tokens as a policy allows; the code stays
   */
  async activate(attempt: ActivationAttempt, hash: PlainSecret): Promise<ActivationOutcome> {
    const verdict = await this.proof.judge(attempt, hash);
    if (!verdict.ok) return verdict.code === 'passcode-expired' ? this.late(attempt, verdict.code) : verdict;
    try {
      const first = await this.proof.settle(attempt, verdict.codeId, (tx) => this.fill(tx, attempt));
      return first ? { ok: true } : await this.late(attempt, 'passcode-expired');
    } catch (error) {
      if (!DomainError.is(error, 'challenge-not-valid')) throw error;
      return this.late(attempt, 'passcode-expired');
    }
  }

  private async fill(tx: Tx, { found, held, context }: ActivationAttempt): Promise<void> {
    await this.accounts.lock(tx, found.account.id);
    const slot = held.assignment.slot ?? (await this.places.free(tx, found, held));
    const placed = await this.store.fill(tx, held.assignment.id, slot, undefined);
    const filled = await this.places.limit(tx, found, { token: held.token, assignment: placed });
    await this.audit.record(tx, {
      ...context,
      event: 'authenticator.activated',
      outcome: 'success',
      accountId: found.account.id,
      detail: { ...context.detail, kind: held.token.kind, serial: held.token.serial, slot },
    });
    await this.notices.send(tx, 'added', { found, requestId: undefined, context }, filled, held.token);
  }

  /** A rival may have activated it while this attempt was looked at. */
  private async late({ found, held }: ActivationAttempt, otherwise: ProofRefusal): Promise<ActivationOutcome> {
    const assigned = await this.store.assignedTo(this.database.manager, found.account.id);
    const now: TokenAssignment | undefined = assigned.find(
      ({ assignment }) => assignment.id === held.assignment.id,
    )?.assignment;
    return { ok: false, code: now?.status === 'ACTIVE' ? 'nothing-to-change' : otherwise };
  }
}
