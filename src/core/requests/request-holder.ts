import { Injectable } from '@nestjs/common';
import { Accounts } from '../directory/accounts.js';
import type { Person } from '../directory/directory.js';
import { type FoundPerson, isUsable, People } from '../directory/people.js';
import { Configuration } from '../domains/configuration.js';
import type { OneTimeRequest } from './one-time-request.entity.js';

/** The person a request belongs to, or why the request must not be used any more. */
export type Holder =
  | { readonly found: FoundPerson; readonly dead?: undefined }
  | { readonly found?: undefined; readonly dead: 'account-closed' | 'address-changed' | 'password-changed' };

/**
 * Finds the person behind a request, as the directory knows them at this moment. A request whose person is gone or
 * switched off, or has another address or password than when it was made, is dead (attack classes 12, 17, 19).
 */
@Injectable()
export class RequestHolder {
  constructor(
    private readonly configuration: Configuration,
    private readonly accounts: Accounts,
    private readonly people: People,
  ) {}

  /**
   * @param inactive whether the request also serves people who are switched off or expired, as a first password does
   * @throws DomainError `directory-unavailable` when the directory cannot be asked
   */
  async find(request: OneTimeRequest, { inactive = false } = {}): Promise<Holder> {
    const domain = (await this.configuration.snapshot()).domainById(request.domainId);
    const account = request.accountId && (await this.accounts.now(request.accountId));
    if (!domain || domain.blocked || !account) return { dead: 'account-closed' };
    if (account.credentialGeneration !== request.credentialGeneration) return { dead: 'password-changed' };
    const found = await this.people.byAccount(domain, account);
    if (!found || !(inactive || isUsable(found))) return { dead: 'account-closed' };
    if (changedSince(request, found.person)) return { dead: 'password-changed' };
    return found.contactChanged ? { dead: 'address-changed' } : { found };
  }
}

/**
 * Whether the person has got another password since, by whatever tool. Both moments are the directory's own, so its
 * clock does not matter. An opened request is let off: its own change may have reached the directory and then not have
 * been completed.
 */
function changedSince({ state, passwordChangedAt: then }: OneTimeRequest, { passwordChangedAt: now }: Person): boolean {
  return state !== 'opened' && now !== undefined && (then === null || now > then);
}
