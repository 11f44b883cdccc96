import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../core/database/database.js';
import { Accounts } from '../../../core/directory/accounts.js';
import { passwordHolder } from '../../../core/directory/password-holder.js';
import { type FoundPerson, isUsable } from '../../../core/directory/people.js';
import type { OneTimeRequest } from '../../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../../core/requests/one-time-requests.js';
import { personAt } from '../../../core/requests/request-sessions.js';
import { GuardedAttempts } from '../../../core/throttle/guarded-attempt.js';
import type { Client } from '../../../core/web/clients.js';
import { AccountBlocks } from '../../../tokens/blocking/account-blocks.js';
import type { ProvenRequest } from '../request-type.js';

/**
 * Lifts what failed log-ons have done to a person: the directory's lock, and our own counts of wrong passwords and wrong
 * codes. The password stays as it is, and so do an administrator's block and an account that is switched off, here or in
 * the directory (user-requests section 3, `UNLOCK_ACCOUNT`).
 */
@Injectable()
export class AccountUnlock {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly attempts: GuardedAttempts,
    private readonly blocks: AccountBlocks,
  ) {}

  /**
   * Of parallel calls one carries it out.
   *
   * @returns whether this one did, and whether the account is closed all the same: locked or switched off by somebody
   * @throws DomainError of category `unavailable`; the request can be used again then
   */
  async carryOut(proven: ProvenRequest, client: Client): Promise<{ readonly closed: boolean } | undefined> {
    const { found } = proven;
    const claimed = await this.claim(proven);
    if (!claimed) return undefined;
    try {
      await found.directory.unlock(found.person);
      const person = await found.directory.findByKey(found.person.key);
      const closed = !person || person.locked || !isUsable({ ...found, person });
      const by = { ...personAt(proven, client), detail: { directory: found.directory.kind, closed } };
      const completed = await this.database.transaction(async (tx) => {
        if (!(await this.requests.complete(tx, claimed, by))) return false;
        await this.forgetFailures(tx, found);
        return true;
      });
      return completed ? { closed } : undefined;
    } catch (error) {
      await this.database.transaction((tx) => this.requests.release(tx, claimed));
      throw error;
    }
  }

  private claim({ request, found }: ProvenRequest): Promise<OneTimeRequest | undefined> {
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      if (account.credentialGeneration !== request.credentialGeneration) return undefined;
      return this.requests.claim(tx, request, { from: 'unopened' });
    });
  }

  private async forgetFailures(tx: Tx, { domain, person, account }: FoundPerson): Promise<void> {
    await this.attempts.forgive(tx, 'password', passwordHolder(domain, person));
    await this.blocks.forgetFailures(tx, account.id);
  }
}
