import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import type { FoundPerson } from '../core/directory/people.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { type ActivationProgress, PushActivations } from '../tokens/push-requests/push-activations.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { MobileResponseParams, MobileSessionParams } from './dto/mobile.params.js';
import { MOBILE_RESPONSE_RESULT, TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';

const SESSION = '7k2m9x4c0v8b3n5q';

/** The numbers of manager-json-rpc section 12. */
const NUMBER_OF: Readonly<Record<ActivationProgress, 0 | 1 | 2>> = { failed: 0, done: 1, waiting: 2 };

/** Sessions in which people make a phone or a browser their push device. */
@Injectable()
export class MobileRpc {
  constructor(private readonly activations: PushActivations) {}

  @RpcMethod({
    name: 'OpenOTP.Mobile_Session',
    summary: 'Let a person make a phone or a browser their push device',
    description:
      'Gives the id of a session, 16 letters and digits, which the person types on the page `/device`; a QR code of ' +
      '`<public address>/device#activate=<id>` saves the typing. It works once, and ends the session that the person had ' +
      'before. The device is theirs, so `dn` is needed. `false`: a time out of bounds.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: MobileSessionParams,
    result: TEXT_OR_FALSE,
    examples: [{ summary: 'For ten minutes', params: { timeout: 600, pincode: '4711', dn: JANE }, result: SESSION }],
  })
  start({ timeout, pincode }: MobileSessionParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    return this.activations.create(found, {
      seconds: timeout,
      pin: pincode === undefined ? undefined : plainSecret(pincode),
      context: holderOf(caller, found).context,
    });
  }

  @RpcMethod({
    name: 'OpenOTP.Mobile_Response',
    summary: 'Say how a session for a push device stands',
    description: '0: over, withdrawn or unknown; 1: the device is enrolled; 2: waiting for it.',
    right: 'use-server',
    changes: false,
    params: MobileResponseParams,
    result: MOBILE_RESPONSE_RESULT,
    examples: [{ summary: 'Not used yet', params: { session: SESSION }, result: 2 }],
  })
  async progress({ session }: MobileResponseParams): Promise<number> {
    return NUMBER_OF[await this.activations.progress(session)];
  }
}
