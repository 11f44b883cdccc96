import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
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
    private readonly accounts: Accounts,
    private readonly database: Database,
  ) {}

  /**
   * Puts what `begin` gives into a slot, in place of what is there; the person is told. All of it or nothing.
   *
   * @throws DomainError `value-out-of-range` for a slot that the domain does not give; and what `begin` throws
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
      await this.enrolments.finish(tx, holder, await begin(tx), { slot, replaces, ...(advance && { advance }) });
    });
    return true;
  }
}
