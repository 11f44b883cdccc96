import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { Tx } from '../../core/database/database.js';
import { consumeIfUnused } from '../../core/database/guarded-update.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { EnrolmentHolder } from '../enrolment/enrolment-holder.js';
import { TokenAssignment } from '../token-assignment.entity.js';
import { TokenPlaces } from '../token-places.js';
import type { HeldToken } from '../token-store.js';
import { ActivationCodes } from './activation-codes.js';
import { activationCodeRules, activationMode, type ActivationMode, subjectOf } from './activation-rules.js';

/** Tokens that somebody else gives to people: what the policy of their product makes of it. */
@Injectable()
export class AssignedTokens {
  constructor(
    private readonly codes: ActivationCodes,
    private readonly places: TokenPlaces,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** What becomes of a token of this product that the person is given (authentication methods, section 6.9). */
  mode(snapshot: ConfigurationSnapshot, product: string, found: FoundPerson): ActivationMode {
    return activationMode(snapshot, product, subjectOf(found));
  }

  /**
   * Puts what is set aside for a person into an empty slot, where it waits for its activation code.
   *
   * @throws DomainError `challenge-not-valid` when it is not set aside any more; `slot-taken` for more tokens than a policy
   *   allows
   */
  async place(tx: Tx, { found, context }: EnrolmentHolder, { token, assignment }: HeldToken, slot: string) {
    const placed = await consumeIfUnused(
      tx,
      TokenAssignment,
      {
        where: `id = :id AND status = 'INACTIVE' AND slot IS NULL AND ended_at IS NULL`,
        parameters: { id: assignment.id },
      },
      { slot, requestId: null, updatedAt: this.clock.now() },
    );
    if (!placed) throw new DomainError('challenge-not-valid');
    await this.places.limit(tx, found, { token, assignment: placed });
    await this.audit.record(tx, {
      ...context,
      event: 'token.assigned',
      outcome: 'success',
      accountId: found.account.id,
      detail: { kind: token.kind, serial: token.serial, slot, status: 'INACTIVE' },
    });
  }

  /** Has the person sent the activation code, where the policy says so; it leaves after the commit. */
  async follow(
    tx: Tx,
    snapshot: ConfigurationSnapshot,
    mode: ActivationMode,
    found: FoundPerson,
    assignmentId: string,
  ): Promise<void> {
    if (mode !== 'SEND_CODE') return;
    const rules = activationCodeRules(snapshot, subjectOf(found));
    await this.codes.replace(tx, { assignmentId, purpose: 'activation' }, rules, true);
  }
}
