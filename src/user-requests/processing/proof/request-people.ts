import { Injectable } from '@nestjs/common';
import { Database } from '../../../core/database/database.js';
import type { FoundPerson } from '../../../core/directory/people.js';
import type { OneTimeRequest } from '../../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../../core/requests/one-time-requests.js';
import { RequestHolder } from '../../../core/requests/request-holder.js';
import type { Client } from '../../../core/web/clients.js';
import { AccountBlocks } from '../../../tokens/blocking/account-blocks.js';
import type { RequestType } from '../../request-types.js';

/** Types that serve people who are switched off: these stay so, and only `CUSTOM` may switch a new person on. */
const FOR_INACTIVE: ReadonlySet<RequestType> = new Set(['PASSWORD_SET', 'UNLOCK_ACCOUNT', 'CUSTOM']);

/** Types that let the person in. */
const LETS_IN: ReadonlySet<RequestType> = new Set(['LOGIN', 'LOGIN_UNATTENDED', 'CUSTOM']);

/** Finds the person of a request whose secrets were right. */
@Injectable()
export class RequestPeople {
  constructor(
    private readonly database: Database,
    private readonly requests: OneTimeRequests,
    private readonly holder: RequestHolder,
    private readonly blocks: AccountBlocks,
  ) {}

  /**
   * The person, or why the request is of no use. One whose person has another password or address than when it was made
   * ends for good (attack classes 12 and 17).
   *
   * @throws DomainError `directory-unavailable`
   */
  async find(
    type: RequestType,
    request: OneTimeRequest,
    { address, correlationId }: Client,
  ): Promise<FoundPerson | 'USER_INACTIVE' | 'CANCELLED'> {
    const { found, dead } = await this.holder.find(request, { inactive: FOR_INACTIVE.has(type) });
    if (found) return (await this.isKeptOut(type, found)) ? 'USER_INACTIVE' : found;
    if (dead === 'account-closed') return 'USER_INACTIVE';
    const by = { actor: 'system', clientAddress: address, correlationId };
    await this.database.transaction((tx) => this.requests.cancelOne(tx, request.id, dead, by));
    return 'CANCELLED';
  }

  private async isKeptOut(type: RequestType, { account }: FoundPerson): Promise<boolean> {
    return LETS_IN.has(type) && (await this.blocks.isBlocked(this.database.manager, account.id));
  }
}
