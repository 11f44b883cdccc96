import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { auditedCall } from '../core/administrators/audited-call.js';
import { Audit } from '../core/audit/audit.js';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { inForce } from '../core/policies/policy.js';
import { LOCKOUT } from '../core/policies/categories/logging-on.js';
import { policyInForce } from '../core/policies/policy-model.js';
import { policySubject } from '../core/policies/policy-subject.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import { AccountBlocks } from '../tokens/blocking/account-blocks.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { BlockParams, DnParams } from './dto/slot.params.js';
import { JANE } from './samples.js';

/** People who cannot log in with any authenticator: whether, why not, and not any more. */
@Injectable()
export class BlocksRpc {
  constructor(
    private readonly blocks: AccountBlocks,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly configuration: Configuration,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Block_Check',
    summary: 'Tell whether a person is blocked',
    description:
      '`true`: blocked, by an administrator or because an authenticator is locked after wrong attempts. `false`: not ' +
      'blocked.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: false }],
  })
  async check(_params: DnParams, _caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return (await this.blocks.state(this.database.manager, found)).blocked;
  }

  @RpcMethod({
    name: 'OpenOTP.Block_Reset',
    summary: 'Unblock a person',
    description:
      'Takes a block back, and forgets wrong attempts with every authenticator. `true` also where there were none. Where ' +
      'the policy `lockout` of the person has `unlockExternal`, a lock in the directory is lifted as well.',
    right: 'unlock-access',
    changes: true,
    person: 'usable',
    act: 'block',
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'After too many wrong codes', params: { dn: JANE }, result: true }],
  })
  async reset(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    // First, so that a directory that cannot be reached leaves everything as it was, and the call can be made again.
    if (found.person.locked && (await this.unlocksExternal(found))) await found.directory.unlock(found.person);
    await this.database.transaction(async (tx) => {
      await this.blocks.reset(tx, found.account.id);
      await this.audit.record(tx, { event: 'block.reset', outcome: 'success', ...auditedCall(caller, found) });
    });
    return true;
  }

  @RpcMethod({
    name: 'OpenOTP.Block_Start',
    summary: 'Block a person',
    description:
      'None of their authenticators is examined any more, and no attempt counted. A later call replaces an earlier one. ' +
      'Links that they were sent, and pages that they have open, are over. The password in the directory is left alone.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: 'block',
    params: BlockParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'For an hour', params: { dn: JANE, expires: 3600 }, result: true }],
  })
  async start({ expires }: BlockParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      await this.requests.cancel(tx, account, { reason: 'blocked' });
      await this.blocks.start(tx, account.id, caller.label, expires);
      await this.audit.record(tx, {
        event: 'block.started',
        outcome: 'success',
        ...auditedCall(caller, found),
        detail: { seconds: expires ?? null },
      });
    });
    return true;
  }

  private async unlocksExternal(found: FoundPerson): Promise<boolean> {
    const snapshot = await this.configuration.snapshot();
    const policy = policyInForce(snapshot, 'lockout', await policySubject(snapshot, found));
    return inForce(policy, LOCKOUT.unlockExternal);
  }
}
