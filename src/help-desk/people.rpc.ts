import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { capability } from '../core/directory/capabilities/capability.js';
import { type FoundPerson, isUsable } from '../core/directory/people.js';
import { BOOLEAN_RESULT, TEXT_RESULT, TEXTS_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { DnInDomainParams, DnParams, LoginParams } from './dto/person.params.js';

const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';

/** Who a person is: names, domains, groups, and whether they may do anything here. */
@Injectable()
export class PeopleRpc {
  constructor(private readonly people: ReachablePeople) {}

  @RpcMethod({
    name: 'Get_User_DN',
    summary: 'Tell the distinguished name of a person',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: LoginParams,
    result: TEXT_RESULT,
    examples: [{ summary: 'By login', params: { username: 'Jane Doe', domain: 'RCDEVSDOCS' }, result: JANE }],
  })
  async dn(_params: LoginParams, _caller: AdministratorCaller, { person }: FoundPerson): Promise<string> {
    return person.dn;
  }

  @RpcMethod({
    name: 'Get_User_IDs',
    summary: 'List the logins of a person',
    description: 'Every value of the login attributes of the directory, the main login first.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: DnParams,
    result: TEXTS_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: ['Jane Doe'] }],
  })
  async ids(_params: DnParams, _caller: AdministratorCaller, { person }: FoundPerson): Promise<readonly string[]> {
    return person.logins ?? [person.login];
  }

  @RpcMethod({
    name: 'Get_User_Domains',
    summary: 'List the domains that a person belongs to',
    description: 'Those that the caller reaches: domains may share a directory.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: DnParams,
    result: TEXTS_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: ['RCDEVSDOCS'] }],
  })
  async domains({ dn }: DnParams, caller: AdministratorCaller): Promise<readonly string[]> {
    return (await this.people.everywhere(caller, dn)).map(({ domain }) => domain.name);
  }

  @RpcMethod({
    name: 'Get_User_Groups',
    summary: 'List the groups that a person is in',
    description: 'Distinguished names, by name of the group.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: DnInDomainParams,
    result: TEXTS_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE, domain: 'RCDEVSDOCS' }, result: [] }],
  })
  async groups(
    _params: DnInDomainParams,
    _caller: AdministratorCaller,
    { directory, person }: FoundPerson,
  ): Promise<readonly string[]> {
    return (await capability(directory, 'groups').of(person)).map(({ dn }) => dn);
  }

  @RpcMethod({
    name: 'Check_User_Active',
    summary: 'Tell whether a person is active',
    description: '`false` for who was deactivated here, or is switched off or expired in the directory.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: true }],
  })
  async active(_params: DnParams, _caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return isUsable(found);
  }
}
