import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { passwordHolder } from '../../core/directory/password-holder.js';
import { Configuration } from '../../core/domains/configuration.js';
import { attemptAllowances } from '../../core/throttle/attempt-settings.js';
import { LogInGate } from '../../sessions/log-in/password-gate.js';
import { Sessions } from '../../sessions/sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';

/** The password of somebody who is signed in, asked for once more. */
@Injectable()
export class OwnPasswordProof {
  constructor(
    private readonly gate: LogInGate,
    private readonly configuration: Configuration,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * Whether this is the person's password; counted before it is looked at, together with log-ins. A right one is written
   * down in the session. One that has run out or must be changed is right all the same.
   *
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds, `directory-unavailable`
   */
  async prove({ session, found, client }: BrowserSession, password: PlainSecret): Promise<boolean> {
    const { domain, directory, person, account } = found;
    const attempt = {
      person: passwordHolder(domain, person),
      name: person.login,
      allowances: attemptAllowances(await this.configuration.snapshot(), domain.id),
      clientAddress: client.address,
    };
    const right = await this.gate.run(attempt, async ({ examine, familiar }) => {
      const check = await directory.verifyPassword(examine ? person : undefined, password, { familiar });
      const known = check.ok || check.code === 'password-expired' || check.code === 'password-must-change';
      return { right: examine && known, value: examine && known };
    });
    if (right) await this.sessions.prove(session, 'password');
    await this.audit.record(this.database.manager, {
      event: right ? 'account-confirmation.completed' : 'account-confirmation.refused',
      outcome: right ? 'success' : 'refused',
      ...(!right && { code: 'credentials-invalid' as const }),
      actor: 'person',
      clientAddress: client.address,
      correlationId: client.correlationId,
      domain: domain.name,
      accountId: account.id,
      target: person.dn,
    });
    return right;
  }
}
