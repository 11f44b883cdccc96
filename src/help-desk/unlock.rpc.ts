import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { auditedCall } from '../core/administrators/audited-call.js';
import { Audit } from '../core/audit/audit.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { WebappAccess } from '../core/webapps/webapp-access.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { UnlockParams } from './dto/unlock.params.js';

/** Opening a locked web application to one person for a while. */
@Injectable()
export class UnlockRpc {
  constructor(
    private readonly database: Database,
    private readonly webapps: WebappAccess,
    private readonly audit: Audit,
  ) {}

  @RpcMethod({
    name: 'Unlock_Application_Access',
    summary: 'Open a locked web application to a person for a while',
    description:
      'Matters where the setting `selfreg_access_locked` or `pwreset_access_locked` keeps people out who come on their ' +
      'own initiative; a link that was sent to somebody works in any case. A later call replaces an earlier one. ' +
      '`false`: an unknown application, or a time out of range.',
    right: 'unlock-access',
    changes: true,
    person: 'usable',
    act: 'webapp',
    params: UnlockParams,
    result: BOOLEAN_RESULT,
    examples: [
      {
        summary: 'For an hour',
        params: { dn: 'cn=Jane Doe,dc=RCDEVSDOCS', application: 'selfreg', expires: 3600 },
        result: true,
      },
    ],
  })
  async unlock(
    { application, expires }: UnlockParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    await this.database.transaction(async (tx) => {
      const unlock = { accountId: found.account.id, webapp: application, seconds: expires, by: caller.label };
      await this.webapps.unlock(tx, unlock);
      await this.audit.record(tx, {
        event: 'webapp.unlocked',
        outcome: 'success',
        ...auditedCall(caller, found),
        detail: { webapp: application, seconds: expires },
      });
    });
    return true;
  }
}
