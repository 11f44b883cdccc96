import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { EnrolmentHolder } from '../enrolment/enrolment-holder.js';
import { Enrolments } from '../enrolment/enrolments.js';
import type { TokenAssignment } from '../token-assignment.entity.js';
import type { TokenKindName } from '../token-kinds.js';
import { type HeldToken, TokenStore } from '../token-store.js';
import type { Token } from '../token.entity.js';
import { assignedValidity, validityIn } from '../validity.js';
import { InventoryRepository, type StockedToken } from './inventory.repository.js';

/**
 * Tokens in stock on their way to people. Linking sets one aside for a person, who cannot use it yet; registering puts it
 * into a slot. A token goes to one person: its row is locked while that is decided.
 */
@Injectable()
export class Inventory {
  constructor(
    private readonly repository: InventoryRepository,
    private readonly store: TokenStore,
    private readonly enrolments: Enrolments,
    private readonly accounts: Accounts,
    private readonly audit: Audit,
  ) {}

  /** A token that {@link take} would give this person now; undefined when there is none. Locks nothing. */
  async available(tx: Tx, { found }: EnrolmentHolder, serial: string, kinds: readonly TokenKindName[]) {
    const stocked = await this.repository.find(tx, serial, kinds);
    const free = stocked?.assignments.every((held) => held.accountId === found.account.id && isLink(held));
    return stocked && free && stocked.token.status === 'ACTIVE' ? stocked.token : undefined;
  }

  /**
   * A token for this person, not in a slot yet: one that nobody has, or that was linked to them. What follows is
   * `Enrolments.finish`.
   *
   * @throws DomainError `no-usable-token` for an unknown serial number; `token-disabled`; `serial-taken` when somebody has
   *   it
   */
  async take(tx: Tx, { found }: EnrolmentHolder, serial: string, kinds: readonly TokenKindName[]): Promise<HeldToken> {
    await this.accounts.lock(tx, found.account.id);
    const stocked = await this.stocked(tx, serial, kinds);
    const linked = stocked.assignments.find((held) => held.accountId === found.account.id && isLink(held));
    if (linked && stocked.assignments.length === 1) return { token: stocked.token, assignment: linked };
    return { token: stocked.token, assignment: await this.setAside(tx, stocked, found.account.id) };
  }

  /** Sets a token aside for a person. @throws DomainError as {@link take} */
  async link(tx: Tx, holder: EnrolmentHolder, serial: string, kinds: readonly TokenKindName[]): Promise<void> {
    const { account } = holder.found;
    await this.accounts.lock(tx, account.id);
    const stocked = await this.stocked(tx, serial, kinds);
    await this.setAside(tx, stocked, account.id);
    await this.record(tx, holder, 'token.linked', stocked.token);
  }

  /**
   * Takes a token back that a person has, in a slot or set aside. From a slot it goes like every other, and the person is
   * told.
   *
   * @returns false when they do not have it
   */
  async unlink(tx: Tx, holder: EnrolmentHolder, serial: string, kinds: readonly TokenKindName[]): Promise<boolean> {
    await this.accounts.lock(tx, holder.found.account.id);
    const stocked = await this.repository.lock(tx, serial, kinds);
    const held = stocked?.assignments.find(({ accountId }) => accountId === holder.found.account.id);
    if (!stocked || !held) return false;
    if (!isLink(held)) return this.enrolments.remove(tx, holder, { token: stocked.token, assignment: held });
    await this.store.end(tx, held.id, 'unassigned');
    await this.record(tx, holder, 'token.unlinked', stocked.token);
    return true;
  }

  private async stocked(tx: Tx, serial: string, kinds: readonly TokenKindName[]): Promise<StockedToken> {
    const stocked = await this.repository.lock(tx, serial, kinds);
    if (!stocked) throw new DomainError('no-usable-token');
    if (stocked.token.status !== 'ACTIVE') throw new DomainError('token-disabled');
    return stocked;
  }

  private setAside(tx: Tx, { token, assignments }: StockedToken, accountId: string): Promise<TokenAssignment> {
    if (assignments.length > 0) throw new DomainError('serial-taken', { params: { serial: token.serial } });
    const validity = assignedValidity(validityIn(token.state));
    return this.store.assign(tx, { tokenId: token.id, accountId, status: 'INACTIVE', ...validity });
  }

  private record(tx: Tx, { found, context }: EnrolmentHolder, event: string, { kind, serial }: Token): Promise<void> {
    const accountId = found.account.id;
    return this.audit.record(tx, { ...context, event, outcome: 'success', accountId, detail: { kind, serial } });
  }
}

/** Whether an assignment only sets a token aside. */
function isLink({ status, slot }: TokenAssignment): boolean {
  return status === 'INACTIVE' && slot === null;
}
