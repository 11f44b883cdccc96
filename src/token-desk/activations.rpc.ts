import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { ActivationDesk } from './activation-desk.js';
import { ActivationCodeParams, SlotParams } from './dto/slot.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';

/** Tokens on their way to people: the codes that they wait for, and the devices that they are on. Ours. */
@Injectable()
export class ActivationsRpc {
  constructor(private readonly desk: ActivationDesk) {}

  @RpcMethod({
    name: 'OpenOTP.Activation_Code',
    summary: 'Make a code that activates a token, or lets it be put on a device',
    description:
      'For handing on by word of mouth, where none is sent; it is shown this once, and the one before is dead. `false`: the ' +
      'slot is empty, or its token does not wait for an activation code. Ours: the policies of authentication methods, ' +
      'section 6.8, that send no code need one.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: ActivationCodeParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'For activation', params: { dn: JANE, id: 1 }, result: '739164' }],
  })
  code({ id, purpose }: ActivationCodeParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    return this.desk.code(holderOf(caller, found), id, purpose);
  }

  @RpcMethod({
    name: 'OpenOTP.Token_Release',
    summary: 'Let a token be put on another device',
    description:
      'A token that was downloaded is confined to its device. `false`: the slot is empty, or its token is not confined. Ours.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'After the phone was lost', params: { dn: JANE, id: 1 }, result: true }],
  })
  release({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.desk.release(holderOf(caller, found), id);
  }
}
