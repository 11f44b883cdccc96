import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { PinCodes } from '../tokens/kinds/pin-code/pin-codes.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { TokenPinParams } from './dto/secret.params.js';
import { SlotParams } from './dto/slot.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';
import { TokenPins } from './token-pins.js';

/** PINs of single tokens, where the policy of their product or a setting wants one. Ours. */
@Injectable()
export class TokenPinsRpc {
  constructor(
    private readonly pins: TokenPins,
    private readonly codes: PinCodes,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Pin_Register',
    summary: 'Give a token a PIN of its own',
    description:
      'Gives it back; it replaces the one that the token has, and takes the place of the PIN code of the person with the ' +
      'passcodes of this token. It is asked for where `pinMode` or `require_otp_pin_prefix` wants a PIN. `false`: the slot ' +
      'is empty, or not 4 to 64 letters and digits. Ours.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: TokenPinParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'A chosen one', params: { dn: JANE, id: 1, pin: '498576' }, result: '498576' }],
  })
  async register({ id, pin }: TokenPinParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    const chosen = pin === undefined ? this.codes.generate() : plainSecret(pin);
    await this.pins.set(holderOf(caller, found), id, chosen);
    return chosen;
  }

  @RpcMethod({
    name: 'OpenOTP.Pin_Unregister',
    summary: 'Take the PIN of a token away',
    description: '`false`: the slot is empty, or its token has no PIN. Ours.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of the first token', params: { dn: JANE, id: 1 }, result: true }],
  })
  async unregister({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    await this.pins.remove(holderOf(caller, found), id);
    return true;
  }
}
