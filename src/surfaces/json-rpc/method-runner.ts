import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../../core/administrators/reachable-people.js';
import { type FoundPerson, requireUsable } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { CallJournal, type JournaledCall } from './call-journal.js';
import { ManagerGate } from './caller.js';
import { readParameters, settleParameters } from './read-parameters.js';
import type { RpcEnvelope } from './rpc-envelope.js';
import { RpcError } from './rpc-error.js';
import type { PersonParams } from './rpc-method.js';
import { RpcMethodRegistry } from './rpc-method-registry.js';
import type { RpcResult } from './rpc-result.js';

/** Characters of an unknown method's name that are given back. */
const LONGEST_NAME = 200;

/** Runs one call: steps 5 to 12 of the common validation order (manager-json-rpc section 4), the method, the audit. */
@Injectable()
export class MethodRunner {
  constructor(
    private readonly registry: RpcMethodRegistry,
    private readonly gate: ManagerGate,
    private readonly people: ReachablePeople,
    private readonly journal: CallJournal,
  ) {}

  /** @throws RpcError, or what the method throws */
  async run({ method: name, params: sent }: RpcEnvelope, caller: AdministratorCaller): Promise<RpcResult> {
    const call: JournaledCall = { caller, name };
    try {
      const result = await this.carryOut(call, name, sent);
      await this.journal.completed(call, result);
      return result;
    } catch (error) {
      await this.journal.refused(call, error);
      throw error;
    }
  }

  private async carryOut(call: JournaledCall, name: string, sent: RpcEnvelope['params']): Promise<RpcResult> {
    const { caller } = call;
    const method = this.registry.get(name);
    if (!method) throw new RpcError(-32601, name.slice(0, LONGEST_NAME));
    call.method = method;
    if (!(await this.gate.may(caller, method.right))) throw new DomainError('access-denied');
    const params = readParameters(method.params, sent);
    call.params = params;
    if (method.person) call.found = await this.find(caller, params as PersonParams);
    if (call.found && method.person === 'usable') requireUsable(call.found);
    settleParameters(method.params, params);
    return method.call(params, caller, call.found);
  }

  private find(caller: AdministratorCaller, params: PersonParams): Promise<FoundPerson> {
    const { domain } = params;
    return 'dn' in params
      ? this.people.find(caller, { dn: params.dn, domain })
      : this.people.find(caller, { username: params.username, domain });
  }
}
