import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import type { UserReference } from '../../surfaces/auth-envelope/references.js';
import { tokenRules } from '../../tokens/token-rules.js';
import { Passcodes } from '../../tokens/verification/passcodes.js';
import type { Application } from '../applications/application.js';
import { actorOf, addressOf, contextOf } from '../credentials/credential-order.js';
import type { Credential } from '../credentials/credential.js';
import { StaticPassword } from '../credentials/static-password.js';
import { AuthPeople, type Lookup } from '../people/auth-people.js';
import { NOBODY } from '../people/nobody.js';

/** Who presented what, and is nobody. */
interface Stranger {
  readonly user: UserReference;
  readonly credential: Credential;
  readonly application: Application | undefined;
}

/** In the audit in place of a name that nobody has: it may be a password, typed into the wrong field. */
const NOBODYS_NAME = '(unknown)';

/**
 * Refuses who is nobody, or may not log on. Agents are told that there is nobody, and have to keep it from their own
 * callers: so the answer costs what a wrong credential costs (attack classes 45 and 46).
 */
@Injectable()
export class Strangers {
  constructor(
    private readonly people: AuthPeople,
    private readonly passwords: StaticPassword,
    private readonly passcodes: Passcodes,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** @throws AuthRefusal 200 */
  async refuse(
    caller: AuthCaller,
    { refusal, directory }: Extract<Lookup, { readonly found: undefined }>,
    { user, credential, application }: Stranger,
  ): Promise<never> {
    const rules = tokenRules(caller.snapshot, '');
    const context = {
      actor: actorOf(caller),
      clientAddress: addressOf(caller),
      target: NOBODYS_NAME,
      correlationId: caller.correlationId,
      detail: { code: refusal.code, ...(application && { application: application.name }) },
    };
    const { password, otp } = credential;
    if (otp !== undefined) {
      await this.passcodes.verify({ accountId: NOBODY, authenticator: 'OTP', typed: otp, rules, context });
      throw refusal;
    }
    if (password !== undefined && directory) {
      const name = user.loginName ?? user.id ?? '';
      const place = { snapshot: caller.snapshot, name, rules, clientAddress: addressOf(caller) };
      await this.passwords.pretend(directory, password, place);
    }
    await this.audit.record(this.database.manager, {
      ...context,
      event: 'authenticator.refused',
      outcome: 'refused',
      code: 'account-not-found',
    });
    throw refusal;
  }

  /** @throws DomainError as `AuthPeople.requireActive`, written down */
  async requireActive(caller: AuthCaller, found: FoundPerson, application: Application | undefined): Promise<void> {
    try {
      this.people.requireActive(found);
    } catch (error) {
      await this.audit.record(this.database.manager, {
        ...contextOf(caller, { found, application }),
        event: 'authenticator.refused',
        outcome: 'refused',
        code: DomainError.is(error) ? error.code : 'internal',
        accountId: found.account.id,
      });
      throw error;
    }
  }
}
