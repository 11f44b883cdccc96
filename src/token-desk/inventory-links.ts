import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { type FoundPerson, People, requireUsable } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Inventory } from '../tokens/inventory/inventory.js';
import { InventoryRepository } from '../tokens/inventory/inventory.repository.js';
import type { TokenKindName } from '../tokens/token-kinds.js';
import { holderOf } from './administrator-holder.js';

/** Tokens in stock that are set aside for people, as far as the caller reaches. */
@Injectable()
export class InventoryLinks {
  constructor(
    private readonly inventory: Inventory,
    private readonly repository: InventoryRepository,
    private readonly reachable: ReachablePeople,
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  /** @throws DomainError as `ReachablePeople.find`, `requireUsable` and `Inventory.link` */
  async link(
    caller: AdministratorCaller,
    serial: string,
    kinds: readonly TokenKindName[],
    dn: string,
  ): Promise<boolean> {
    const found = await this.reachable.find(caller, { dn, domain: undefined });
    requireUsable(found);
    await this.database.transaction((tx) => this.inventory.link(tx, holderOf(caller, found), serial, kinds));
    return true;
  }

  /**
   * Takes a token back from whoever has it.
   *
   * @throws DomainError `no-usable-token` when nobody has it; `access-denied` when somebody out of reach does
   */
  async unlink(caller: AdministratorCaller, serial: string, kinds: readonly TokenKindName[]): Promise<boolean> {
    const stocked = await this.database.transaction((tx) => this.repository.lock(tx, serial, kinds));
    const [held] = stocked?.assignments ?? [];
    if (!held) throw new DomainError('no-usable-token');
    const found = await this.holder(caller, held.accountId);
    return this.database.transaction((tx) => this.inventory.unlink(tx, holderOf(caller, found), serial, kinds));
  }

  /** Who has it, if the caller reaches them. */
  private async holder(caller: AdministratorCaller, accountId: string): Promise<FoundPerson> {
    const account = await this.accounts.byId(this.database.manager, accountId);
    const domain = account && (await this.configuration.snapshot()).domainById(account.domainId);
    const found = domain && (await this.people.byAccount(domain, account));
    if (!found) throw new DomainError('no-usable-token', { detail: 'its holder is gone' });
    return this.reachable.find(caller, { dn: found.person.dn, domain: found.domain.name });
  }
}
