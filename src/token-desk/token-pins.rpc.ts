import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret, type PlainSecret } from '../core/crypto/secret-types.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { PinCodes } from '../tokens/kinds/pin-code/pin-codes.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { CardPaths } from './card-paths.js';
import { PinPlaceParams, TokenPinParams } from './dto/secret.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';
import { type PinPlace, TokenPins } from './token-pins.js';

/** PINs of single tokens, where the policy of their product or a setting wants one. Ours. */
@Injectable()
export class TokenPinsRpc {
  constructor(
    private readonly pins: TokenPins,
    private readonly codes: PinCodes,
    private readonly paths: CardPaths,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Pin_Register',
    summary: 'Give a token a PIN of its own',
    description:
      'Gives it back; it replaces the one that the token has, and takes the place of the PIN code of the person with the ' +
      'passcodes of this token. It is asked for where `pinMode` or `require_otp_pin_prefix` wants a PIN. Of a grid card it is ' +
      'a secret path, with as many moves as `passcodeLength` of the policy `GridGo` asks for: the card takes passcodes along ' +
      'it then, and its cells alone do no more. `false`: the slot is empty, or what is given is no PIN or path. Ours.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: TokenPinParams,
    result: TEXT_OR_FALSE,
    examples: [
      { summary: 'A chosen one', params: { dn: JANE, id: 1, pin: '498576' }, result: '498576' },
      { summary: 'The path of a card', params: { dn: JANE, type: 'GridCard', pin: '13646' }, result: '13646' },
    ],
  })
  async register({ pin, ...place }: TokenPinParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    const holder = holderOf(caller, found);
    const chosen = pin === undefined ? await this.draw(holder, place) : plainSecret(pin);
    await this.pins.set(holder, place, chosen);
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
    params: PinPlaceParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of the first token', params: { dn: JANE, id: 1 }, result: true }],
  })
  async unregister(place: PinPlaceParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    await this.pins.remove(holderOf(caller, found), place);
    return true;
  }

  private async draw(holder: EnrolmentHolder, { type }: PinPlace): Promise<PlainSecret> {
    return type === 'GridCard' ? this.paths.draw(holder) : this.codes.generate();
  }
}
