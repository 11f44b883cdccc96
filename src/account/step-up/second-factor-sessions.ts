import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import {
  type HeldRequest,
  type OpenedRequest,
  personAt,
  RequestSessions,
} from '../../core/requests/request-sessions.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import { addressBucket } from '../../core/web/client-address.js';
import type { Client } from '../../core/web/clients.js';
import { Sessions } from '../../sessions/sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { accountSecondFactor, secondFactorFlow, secondFactorPayload } from './second-factor.purpose.js';

/** Seconds between its making and its opening, which are one act. */
const AT_ONCE = 60;

/**
 * Page sessions that one person begins at one address; each allows five wrong codes, which count for the authenticator
 * besides. Whoever has only the password must not keep the person out by it (attack class 31).
 */
const BEGUN: ThrottleRule = { name: 'account-second-factor', limit: 20, window: 900 };

/**
 * Asks somebody who is signed in for a second factor: a one-time request with its page session, as behind a link, so that
 * everything that such a page can ask for, and all its counting, is the same.
 */
@Injectable()
export class SecondFactorSessions {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly pageSessions: RequestSessions,
    private readonly sessions: Sessions,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Begins one, for the cookie of `ACCOUNT_SITE`.
   *
   * @param to the path to lead on to when it is passed
   * @returns undefined when the password was changed or the account closed meanwhile
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds
   */
  async begin(
    { session, found, client }: Pick<BrowserSession, 'session' | 'found' | 'client'>,
    to: string,
  ): Promise<PlainSecret | undefined> {
    const { domain, person } = found;
    await this.throttle.require(BEGUN, `${found.account.id} ${addressBucket(client.address)}`);
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      if (account.credentialGeneration !== found.account.credentialGeneration) return undefined;
      const { request } = await this.requests.create(tx, {
        purpose: accountSecondFactor,
        domain,
        account,
        login: person.login,
        target: person.dn,
        passwordChangedAt: person.passwordChangedAt,
        creator: { label: `${domain.name}\\${person.login}`, accountId: account.id, address: client.address },
        validSeconds: AT_ONCE,
        deliveryMethod: 'NONE',
        payload: { session: session.id, to },
      });
      const opened = await this.requests.open(tx, accountSecondFactor, request, personAt({ found }, client), [
        'second-factor',
      ]);
      return opened?.session;
    });
  }

  /** The one with this secret, in the session that it was begun in and in no other. */
  async resume({ session }: Pick<BrowserSession, 'session'>, secret: string): Promise<OpenedRequest | undefined> {
    const opened = await this.pageSessions.resume(secondFactorFlow, secret);
    return opened && secondFactorPayload(opened.request).session === session.id ? opened : undefined;
  }

  /** Writes down in the session that the step is passed. */
  async passed(held: HeldRequest, client: Client): Promise<void> {
    await this.sessions.prove({ id: secondFactorPayload(held.request).session }, 'second-factor');
    await this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, held.found.account.id);
      const claimed = await this.requests.claim(tx, held.request, { required: ['second-factor'] });
      if (claimed) await this.requests.complete(tx, claimed, personAt(held, client));
    });
  }
}
