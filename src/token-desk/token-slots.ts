import { Injectable } from '@nestjs/common';
import type { Tx } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { TokenKindName } from '../tokens/token-kinds.js';
import { fidoSlots, type SlotFamily, slotName, tokenSlots } from '../tokens/slots.js';
import { type HeldToken, TokenStore } from '../tokens/token-store.js';
import { withinBounds } from '../tokens/within-bounds.js';

/** Families whose slots calls name by number. */
export type NumberedFamily = 'Token' | 'FIDO';

const COUNTS = { Token: tokenSlots, FIDO: fidoSlots } as const;

/** A person's numbered slots (manager-json-rpc section 12, `id`). */
@Injectable()
export class TokenSlots {
  constructor(
    private readonly store: TokenStore,
    private readonly configuration: Configuration,
  ) {}

  /** Name of a slot that may be filled. @throws DomainError `value-out-of-range` for more than the domain gives */
  async place(tx: Tx, { domain }: FoundPerson, family: NumberedFamily, id: number): Promise<string> {
    const snapshot = await this.configuration.snapshotWithin(tx);
    return slotName(family, withinBounds('id', id, 1, snapshot.setting(COUNTS[family], domain.id)));
  }

  /** What a slot holds; undefined when it is empty. */
  async occupant(tx: Tx, { account }: FoundPerson, slot: string): Promise<HeldToken | undefined> {
    return (await this.store.ofAccount(tx, account.id)).find(({ assignment }) => assignment.slot === slot);
  }

  /**
   * What a slot holds, of some kinds or any; also beyond those that the domain gives today.
   *
   * @param id of no meaning for a family with one slot
   * @throws DomainError `no-usable-token` when there is nothing of the sort
   */
  async held(
    tx: Tx,
    found: FoundPerson,
    family: SlotFamily,
    id: number,
    kinds?: readonly TokenKindName[],
  ): Promise<HeldToken> {
    const held = await this.occupant(tx, found, slotName(family, id));
    if (!held || (kinds && !kinds.includes(held.token.kind))) throw new DomainError('no-usable-token');
    return held;
  }
}
