import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { PinCodes } from '../tokens/kinds/pin-code/pin-codes.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { PrefixParams } from './dto/secret.params.js';
import { DnParams } from './dto/slot.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';

/** PIN codes, which people type in front of one-time passwords where `require_otp_pin_prefix` is on. */
@Injectable()
export class PinCodesRpc {
  constructor(
    private readonly pins: PinCodes,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Prefix_Register',
    summary: 'Give a person a PIN code',
    description:
      'Gives it back; it replaces the one that the person has, and the person is told that there is another. `false`: not 4 ' +
      'to 64 letters and digits.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: PrefixParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'A chosen one', params: { dn: JANE, prefix: '498576' }, result: '498576' }],
  })
  register({ prefix }: PrefixParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    const pin = prefix === undefined ? this.pins.generate() : plainSecret(prefix);
    return this.database.transaction(async (tx) => {
      await this.pins.register(tx, holderOf(caller, found), pin);
      return pin;
    });
  }

  @RpcMethod({
    name: 'OpenOTP.Prefix_Unregister',
    summary: 'Take the PIN code of a person away',
    description: '`false`: the person has none.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: true }],
  })
  unregister(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.database.transaction((tx) => this.pins.remove(tx, holderOf(caller, found)));
  }
}
