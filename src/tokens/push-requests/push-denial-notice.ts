import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { type FoundPerson, People } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { Outbox } from '../../delivery/outbox.js';
import type { PushRequest } from './push-request.entity.js';

/** Tells people of a request that was declined on their device: whoever signed in may know their password. */
@Injectable()
export class PushDenialNotice {
  constructor(
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Whom to tell, read from the directory. A directory that is not there keeps nobody from declining: then undefined, and
   * the audit alone knows.
   */
  async recipient(accountId: string): Promise<FoundPerson | undefined> {
    const account = await this.accounts.byId(this.database.manager, accountId);
    const domain = account && (await this.configuration.snapshot()).domainById(account.domainId);
    if (!account || !domain) return undefined;
    return this.people.byAccount(domain, account).catch((error: unknown) => {
      if (DomainError.is(error) && error.category === 'unavailable') return undefined;
      throw error;
    });
  }

  /** Writes the message in the transaction of the answer. @returns false when the person can be reached by nothing */
  async send(tx: Tx, { person, domain, account }: FoundPerson, request: PushRequest): Promise<boolean> {
    const to = person.mail ?? person.mobile;
    if (!to) return false;
    await this.outbox.enqueue(tx, {
      channel: person.mail ? 'MAIL' : 'SMS',
      to,
      purpose: 'push-denied',
      language: person.language,
      variables: {
        USERNAME: person.login,
        DOMAIN: domain.name,
        FULLNAME: person.displayName,
        APPLICATION: request.application,
        TIME: this.clock.now().toISOString(),
        ADDRESS: request.remoteAddress ?? '',
      },
      domainId: domain.id,
      accountId: account.id,
      requestId: null,
    });
    return true;
  }
}
