import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { RequestAttempts } from '../../core/requests/request-attempts.js';
import { RequestHolder } from '../../core/requests/request-holder.js';
import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import { type HeldRequest, personAt } from '../../core/requests/request-sessions.js';
import type { Client } from '../../core/web/clients.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { BanFilter } from '../sessions/ban-filter.js';
import { NewPasswords } from './new-passwords.js';
import { countRefusedPassword, requireGoodPassword } from './password-form.js';

/** From the link of a person with an account to their new password: recovery and invitation (iam-rest sections 4.3, 5). */
@Injectable()
export class PasswordLink {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly holder: RequestHolder,
    private readonly attempts: RequestAttempts,
    private readonly passwords: NewPasswords,
    private readonly bans: BanFilter,
  ) {}

  /**
   * The request behind an id and its person, both as they are now. An id without one is counted. Changes nothing of a
   * request that is alive; one whose person has changed ends for good.
   *
   * @throws RestRefusal 404/1404, 403/1403
   */
  look(purpose: RequestPurpose, id: string, client: Client): Promise<HeldRequest> {
    return this.bans.require(client.address, () => this.find(purpose, id));
  }

  /**
   * Sets the password. Of any number of parallel calls one does.
   *
   * @throws RestRefusal 412/1501 for a password that will not do, 404/1404 when somebody else was first
   * @throws DomainError of category `unavailable`
   */
  async setPassword(held: HeldRequest, typed: string, client: Client): Promise<void> {
    const { request, found } = held;
    const by = personAt(held, client);
    const password = await requireGoodPassword(this.attempts, request, by, typed, (secret) =>
      this.passwords.problems(found, secret),
    );
    try {
      if (!(await this.passwords.carryOut(held, password, client))) throw RestRefusal.notFound('request');
    } catch (error) {
      throw await countRefusedPassword(this.attempts, request, by, error);
    }
  }

  private async find(purpose: RequestPurpose, id: string): Promise<HeldRequest | undefined> {
    const request = await this.requests.byLink(this.database.manager, purpose, id);
    if (!request?.accountId) return undefined;
    const holder = await this.holder.find(request);
    if (holder.found) return { request, found: holder.found };
    const { accountId } = request;
    await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      await this.requests.cancel(tx, account, { reason: holder.dead, purpose });
    });
    return undefined;
  }
}
