import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import type { AuthCode } from '../../surfaces/auth-envelope/auth-codes.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { Application } from '../applications/application.js';
import { actorOf, addressOf } from '../credentials/credential-order.js';

/** What the engine decides by itself; what a credential is refused for is written down by its check. */
const OURS: readonly AuthCode[] = [230, 232, 233, 234, 235, 236];

/** Writes down why a logon was refused, where no credential was looked at. */
@Injectable()
export class LogonJournal {
  constructor(
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** Does `work`; a refusal of ours goes into the audit and on. */
  async watch<T>(
    caller: AuthCaller,
    about: { readonly application: Application; found?: FoundPerson | undefined },
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (AuthRefusal.is(error, ...OURS)) await this.record(caller, about, error);
      throw error;
    }
  }

  private async record(
    caller: AuthCaller,
    { application, found }: { readonly application: Application; readonly found?: FoundPerson | undefined },
    { code, detail }: AuthRefusal,
  ): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: 'logon.refused',
      outcome: 'refused',
      actor: actorOf(caller),
      clientAddress: addressOf(caller),
      correlationId: caller.correlationId,
      domain: found?.domain.name,
      target: found?.person.dn,
      accountId: found?.account.id,
      detail: { application: application.name, code, ...(detail !== undefined && { reason: detail }) },
    });
  }
}
