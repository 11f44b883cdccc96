import { Injectable } from '@nestjs/common';
import type { Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { SLOT_FAMILIES, freeSlot } from '../slots.js';
import type { TokenAssignment } from '../token-assignment.entity.js';
import type { TokenKindName } from '../token-kinds.js';
import { type HeldToken, TokenStore } from '../token-store.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { Enrolments, type NewPending, type Placement } from './enrolments.js';

/**
 * Authenticators that need no first code as a proof, because we made the secret, or the person typed it a moment ago:
 * begun and finished in one transaction.
 */
@Injectable()
export class DirectEnrolment {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly store: TokenStore,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /**
   * Enrols into the first free one of `places`, or in place of one that is spent or over. Where there is one place only,
   * what fills it is replaced.
   *
   * @throws DomainError `slot-taken` when every place is filled with something that still works
   */
  async enrol(tx: Tx, holder: EnrolmentHolder, pending: NewPending, places = 1): Promise<HeldToken> {
    const placement = await this.place(tx, holder, pending.kind, places);
    const held = await this.enrolments.begin(tx, holder, pending);
    return { token: held.token, assignment: await this.enrolments.finish(tx, holder, held, placement) };
  }

  /** Where the next authenticator of a kind goes; the account stays locked. @throws DomainError `slot-taken` */
  async place(tx: Tx, { found }: EnrolmentHolder, kind: TokenKindName, places: number): Promise<Placement> {
    await this.accounts.lock(tx, found.account.id);
    const family = SLOT_FAMILIES[kind];
    const filled = await this.held(tx, found.account.id, kind);
    const slot = freeSlot(
      family,
      places,
      filled.flatMap((held) => held.assignment.slot ?? []),
    );
    if (slot !== undefined) return { slot };
    const oldest = filled.find(({ assignment }) => places === 1 || isOver(assignment, this.clock.now()));
    if (!oldest?.assignment.slot) throw new DomainError('slot-taken');
    return { slot: oldest.assignment.slot, replaces: oldest.assignment.id };
  }

  /** Takes away everything of a kind. @returns how many there were */
  async removeAll(tx: Tx, holder: EnrolmentHolder, kind: TokenKindName): Promise<number> {
    let removed = 0;
    for (const held of await this.held(tx, holder.found.account.id, kind)) {
      if (await this.enrolments.remove(tx, holder, held)) removed += 1;
    }
    return removed;
  }

  /** Takes one away. @returns false when the person has none such */
  async remove(tx: Tx, holder: EnrolmentHolder, kind: TokenKindName, assignmentId: string): Promise<boolean> {
    const held = (await this.held(tx, holder.found.account.id, kind)).find(
      ({ assignment }) => assignment.id === assignmentId,
    );
    return held ? this.enrolments.remove(tx, holder, held) : false;
  }

  private held(tx: Tx, accountId: string, kind: TokenKindName): Promise<HeldToken[]> {
    return this.store.ofAccount(tx, accountId, [kind]);
  }
}

/** Whether an assignment will never be usable again. */
export function isOver({ expires, usageLimit, usageCount }: TokenAssignment, now: Date): boolean {
  return (expires !== null && expires <= now) || (usageLimit > 0 && usageCount >= usageLimit);
}
