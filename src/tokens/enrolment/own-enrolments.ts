import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { personAt } from '../../core/requests/request-sessions.js';
import type { Client } from '../../core/web/clients.js';
import { type OwnEnrolment, tokenEnrolment } from './enrolment-link.js';

/** Seconds between its making and its opening, which are one act. */
const AT_ONCE = 60;

/** Enrolment by people who are signed in: a one-time request as from a help desk, opened as soon as it is made. */
@Injectable()
export class OwnEnrolments {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
  ) {}

  /**
   * Begins the page session of an enrolment. Whoever calls has had the person prove who they are a moment ago: these pages
   * do not ask again.
   *
   * @param stands whether the session that it is made in has not ended
   * @returns the secret of the page session, for the cookie of `ENROLMENT_SITE`; undefined when the password was changed,
   *   the account closed or the session ended meanwhile
   */
  begin(
    found: FoundPerson,
    client: Client,
    own: OwnEnrolment,
    stands: (tx: Tx) => Promise<boolean>,
  ): Promise<PlainSecret | undefined> {
    const { domain, person } = found;
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      const same = account.credentialGeneration === found.account.credentialGeneration && account.state === 'active';
      if (!same || !(await stands(tx))) return undefined;
      const { request } = await this.requests.create(tx, {
        purpose: tokenEnrolment,
        domain,
        account,
        login: person.login,
        target: person.dn,
        passwordChangedAt: person.passwordChangedAt,
        creator: { label: `${domain.name}\\${person.login}`, accountId: account.id, address: client.address },
        validSeconds: AT_ONCE,
        deliveryMethod: 'NONE',
        payload: { own },
      });
      return (await this.requests.open(tx, tokenEnrolment, request, personAt({ found }, client)))?.session;
    });
  }
}
