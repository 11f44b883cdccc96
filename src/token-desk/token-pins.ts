import { Injectable } from '@nestjs/common';
import { Audit } from '../core/audit/audit.js';
import { KeyRing } from '../core/crypto/key-ring.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Clock } from '../core/time/clock.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { isPinCode, LONGEST_PIN, SHORTEST_PIN } from '../tokens/kinds/pin-code/pin-code.js';
import { TokenAssignment } from '../tokens/token-assignment.entity.js';
import { pinCodePurpose } from '../tokens/token-secrets.js';
import { outOfBounds } from '../tokens/within-bounds.js';
import { CardPaths } from './card-paths.js';
import { TokenSlots } from './token-slots.js';

/** What a PIN goes with: the token in a slot, or the grid card, whose PIN is a path. */
export interface PinPlace {
  readonly type: 'Token' | 'GridCard';
  /** Number of the slot; of no meaning for the card. */
  readonly id: number;
}

/**
 * PINs of single assignments (authentication methods, sections 4.20 and 5): what goes with the passcodes of one token, in
 * place of the PIN code of its person.
 */
@Injectable()
export class TokenPins {
  constructor(
    private readonly slots: TokenSlots,
    private readonly paths: CardPaths,
    private readonly accounts: Accounts,
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `value-out-of-range` for what cannot be a PIN or a path; `no-usable-token` for an empty slot */
  async set(holder: EnrolmentHolder, place: PinPlace, pin: PlainSecret): Promise<void> {
    if (place.type === 'GridCard') return this.change(holder, place, await this.paths.read(holder, pin));
    if (!isPinCode(pin)) throw outOfBounds('pin', SHORTEST_PIN, LONGEST_PIN);
    return this.change(holder, place, pin);
  }

  /** @throws DomainError `no-usable-token` for an empty slot, `nothing-to-change` without a PIN */
  remove(holder: EnrolmentHolder, place: PinPlace): Promise<void> {
    return this.change(holder, place, undefined);
  }

  private change(
    { found, context }: EnrolmentHolder,
    { type, id }: PinPlace,
    pin: PlainSecret | undefined,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, found.account.id);
      const { token, assignment } = await this.slots.held(tx, found, type, id);
      if (pin === undefined && assignment.pinDigest === null) throw new DomainError('nothing-to-change');
      const now = this.clock.now();
      await tx.update(
        TokenAssignment,
        { id: assignment.id },
        {
          pinDigest: pin === undefined ? null : this.keyRing.digest(pin, pinCodePurpose(token.id)),
          lastChangePin: now,
          mustChangePin: false,
          updatedAt: now,
        },
      );
      await this.audit.record(tx, {
        ...context,
        event: pin === undefined ? 'token.pin-removed' : 'token.pin-set',
        outcome: 'success',
        accountId: found.account.id,
        detail: { kind: token.kind, serial: token.serial, slot: assignment.slot },
      });
    });
  }
}
