import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/database.js';
import type { Account } from '../directory/account.entity.js';
import { Accounts } from '../directory/accounts.js';
import type { FoundPerson } from '../directory/people.js';
import { OneTimeRequests } from './one-time-requests.js';

/** What follows from delivery addresses that are others than last time; before anything new is sent. */
@Injectable()
export class ContactChanges {
  constructor(
    private readonly requests: OneTimeRequests,
    private readonly accounts: Accounts,
  ) {}

  /**
   * Ends what went to an address that the person has no more (attack class 12), and then keeps those of now: in this order,
   * and in one transaction, so that no link outlives the look at the change.
   *
   * @param account the person's, locked in this transaction
   */
  async settle(tx: Tx, account: Account, { contactChanged, person }: FoundPerson): Promise<void> {
    if (!contactChanged) return;
    await this.requests.cancel(tx, account, { reason: 'address-changed' });
    await this.accounts.remember(tx, account, person);
  }
}
