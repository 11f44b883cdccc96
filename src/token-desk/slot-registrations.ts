import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { AssignedTokens } from '../tokens/activation/assigned-tokens.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { Enrolments } from '../tokens/enrolment/enrolments.js';
import type { TokenAdvance } from '../tokens/token-kind.js';
import type { HeldToken } from '../tokens/token-store.js';
import { TokenSlots } from './token-slots.js';

/** Tokens that an administrator puts into a person's slot, without a first code from the person. */
@Injectable()
export class SlotRegistrations {
  constructor(
    private readonly slots: TokenSlots,
    private readonly enrolments: Enrolments,
    private readonly assigned: AssignedTokens,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  /**
   * Puts what `begin` gives into a slot, in place of what is there; the person is told. Where the policy of its product
   * wants an activation code first, and no code of its own was shown, it comes into an empty slot and waits. All of it or
   * nothing.
   *
   * @throws DomainError `value-out-of-range` for a slot that the domain does not give; `slot-taken` for one that is not
   *   empty, where the token would wait; and what `begin` throws
   */
  async register(
    holder: EnrolmentHolder,
    id: number,
    begin: (tx: Tx) => Promise<HeldToken>,
    advance?: TokenAdvance,
  ): Promise<boolean> {
    await this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, holder.found.account.id);
      const slot = await this.slots.place(tx, holder.found, 'Token', id);
      const replaces = (await this.slots.occupant(tx, holder.found, slot))?.assignment.id;
      const held = await begin(tx);
      const snapshot = await this.configuration.snapshotWithin(tx);
      const mode = advance ? 'AUTO' : this.assigned.mode(snapshot, held.token.product, holder.found);
      if (mode === 'AUTO') {
        await this.enrolments.finish(tx, holder, held, { slot, replaces, ...(advance && { advance }) });
        return;
      }
      // What waits for its code takes nobody's working token away.
      if (replaces !== undefined) throw new DomainError('slot-taken');
      await this.assigned.place(tx, holder, held, slot);
      await this.assigned.follow(tx, snapshot, mode, holder.found, held.assignment.id);
    });
    return true;
  }
}
