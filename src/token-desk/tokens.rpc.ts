import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { SlotParams } from './dto/slot.params.js';
import { JANE } from './samples.js';
import { SlotSwitch } from './slot-switch.js';

/** One-time password tokens that people have: on, off, away. */
@Injectable()
export class TokensRpc {
  constructor(private readonly slots: SlotSwitch) {}

  @RpcMethod({
    name: 'OpenOTP.Token_Enable',
    summary: 'Make a token usable again',
    description: '`false`: the slot is empty, or its token is not disabled.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'One that was found again', params: { dn: JANE, id: 1 }, result: true }],
  })
  enable({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.slots.enable(holderOf(caller, found), 'Token', id);
  }

  @RpcMethod({
    name: 'OpenOTP.Token_Disable',
    summary: 'Keep a token from being used until it is enabled',
    description: '`false`: the slot is empty, or its token is disabled already.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'One that was mislaid', params: { dn: JANE, id: 1 }, result: true }],
  })
  disable({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.slots.disable(holderOf(caller, found), 'Token', id);
  }

  @RpcMethod({
    name: 'OpenOTP.Token_Unregister',
    summary: 'Take a token away from a person for good',
    description: 'The person is told. `false`: the slot is empty.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'One that was lost', params: { dn: JANE, id: 1 }, result: true }],
  })
  unregister({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.slots.remove(holderOf(caller, found), 'Token', id);
  }
}
