import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { PersonStates } from '../people/person-states.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { DnParams } from './dto/person.params.js';

const PARAMS = { dn: 'cn=john,dc=RCDEVSDOCS' };

/** Switching people on and off. */
@Injectable()
export class ActivationRpc {
  constructor(private readonly states: PersonStates) {}

  @RpcMethod({
    name: 'Activate_LDAP_Object',
    summary: 'Switch a person on again',
    description: '`false`: the person is active. The directory’s own switch is left alone.',
    right: 'change-people',
    changes: true,
    person: 'any',
    act: 'account',
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'A person who was deactivated', params: PARAMS, result: true }],
  })
  async activate(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    if (!(await this.states.activate(found, caller))) throw new DomainError('nothing-to-change');
    return true;
  }

  @RpcMethod({
    name: 'Deactivate_LDAP_Object',
    summary: 'Switch a person off, and end their links, requests and sessions',
    description:
      'Nothing can be done for the person until they are activated again, whatever the directory says; the directory’s ' +
      'own switch is left alone. Who is not active is answered with error -32603.',
    right: 'change-people',
    changes: true,
    person: 'any',
    act: 'account',
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'A person who has left', params: PARAMS, result: true }],
  })
  async deactivate(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    if (!(await this.states.deactivate(found, caller))) {
      throw new DomainError('account-not-activated', { params: { dn: found.person.dn } });
    }
    return true;
  }
}
