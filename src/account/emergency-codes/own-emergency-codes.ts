import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { personAt } from '../../core/requests/request-sessions.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import { Outbox } from '../../delivery/outbox.js';
import { Sessions } from '../../sessions/sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { EmergencyCodes, type EmergencyCodeSummary } from '../../tokens/kinds/emergency-code/emergency-codes.js';
import { HeldSecondFactors } from '../../tokens/second-factor/held-second-factors.js';

/** Codes that a person may have sent, in whatever session: each sends messages (attack class 67). */
const REQUESTED: ThrottleRule = { name: 'emergency-codes-requested', limit: 5, window: 3_600 };

/**
 * Emergency codes that people have sent to themselves, by mail (authentication methods, section 6.12). They have proved a
 * moment ago who they are, with the second factor that the code is to stand in for one day.
 */
@Injectable()
export class OwnEmergencyCodes {
  constructor(
    private readonly codes: EmergencyCodes,
    private readonly secondFactors: HeldSecondFactors,
    private readonly outbox: Outbox,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly throttle: Throttle,
    private readonly database: Database,
  ) {}

  /**
   * Whether the person has a second factor that a code could stand in for. Without one a code would be all of it: asked for
   * from the next step on, and used up with that.
   */
  async haveUse(accountId: string): Promise<boolean> {
    return (await this.secondFactors.of(accountId)).some(({ token }) => token.kind !== 'EmergencyCode');
  }

  /** Those that still work, the oldest first; nothing tells the codes themselves. */
  list(accountId: string): Promise<EmergencyCodeSummary[]> {
    return this.codes.list(this.database.manager, accountId);
  }

  /**
   * Makes one and writes the mail with it; nobody but the addressee is shown it.
   *
   * @throws DomainError `no-address`; `too-many-attempts` with `retryAfter` seconds; `slot-taken` when the person has ten
   *   that still work; `credentials-missing` when the session has ended meanwhile
   */
  async request({ found, client, session }: BrowserSession): Promise<void> {
    const { person, domain, account } = found;
    const { mail } = person;
    if (!mail) throw new DomainError('no-address');
    await this.throttle.require(REQUESTED, account.id);
    const holder = { found, requestId: undefined, context: personAt({ found }, client) };
    await this.database.transaction(async (tx: Tx) => {
      await this.accounts.lock(tx, account.id);
      if (!(await this.sessions.stands(tx, session))) throw new DomainError('credentials-missing');
      const { code, expires } = await this.codes.issue(tx, holder);
      await this.outbox.enqueue(tx, {
        channel: 'MAIL',
        purpose: 'emergency-code',
        to: mail,
        language: person.language,
        variables: {
          USERNAME: person.login,
          DOMAIN: domain.name,
          FULLNAME: person.displayName,
          PASSCODE: code,
          EXPIRES: expires.toISOString(),
          ADDRESS: client.address ?? '',
        },
        domainId: domain.id,
        accountId: account.id,
        requestId: null,
      });
    });
  }
}
