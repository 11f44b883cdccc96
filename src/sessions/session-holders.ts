import { Injectable } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { type FoundPerson, isUsable, People } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import type { Session } from './session.entity.js';

/** People behind sessions, as the directory knows them at this moment. */
@Injectable()
export class SessionHolders {
  constructor(
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly people: People,
  ) {}

  /** Undefined when nothing may be done for them any more. @throws DomainError `directory-unavailable` */
  async of({ domainId, accountId }: Pick<Session, 'domainId' | 'accountId'>): Promise<FoundPerson | undefined> {
    const domain = (await this.configuration.snapshot()).domainById(domainId);
    const account = domain && !domain.blocked && (await this.accounts.byId(this.database.manager, accountId));
    const found = domain && account ? await this.people.byAccount(domain, account) : undefined;
    return found && isUsable(found) ? found : undefined;
  }
}
