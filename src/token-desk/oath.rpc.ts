import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { AuthenticatorResync } from '../tokens/verification/authenticator-resync.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import {
  RegisterHotpParams,
  RegisterTotpParams,
  ResyncCounterParams,
  ResyncSequenceParams,
  ResyncTotpParams,
} from './dto/oath.params.js';
import { OathKeys } from './oath-keys.js';
import { JANE, RFC_KEY } from './samples.js';
import { TokenSlots } from './token-slots.js';

const REPLACES = 'What is in the slot is replaced, and the person is told.';

/** TOTP and HOTP tokens of people: given, and brought back into step. */
@Injectable()
export class OathRpc {
  constructor(
    private readonly keys: OathKeys,
    private readonly resync: AuthenticatorResync,
    private readonly slots: TokenSlots,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.TOTP_Register',
    summary: 'Give a person a time-based token',
    description: `Six digits, 30 seconds. ${REPLACES} \`false\`: a key below 128 bit, or a slot that the domain does not give.`,
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: RegisterTotpParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Into the first slot', params: { dn: JANE, key: RFC_KEY, state: '0', id: 1 }, result: true }],
  })
  registerTotp({ key, state, id }: RegisterTotpParams, caller: AdministratorCaller, found: FoundPerson) {
    return this.keys.registerTotp(holderOf(caller, found), key, state, id);
  }

  @RpcMethod({
    name: 'OpenOTP.HOTP_Register',
    summary: 'Give a person an event-based token',
    description: `Six digits. ${REPLACES} \`false\`: a key below 128 bit, or a slot that the domain does not give.`,
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: RegisterHotpParams,
    result: BOOLEAN_RESULT,
    examples: [
      { summary: 'Into the second slot', params: { dn: JANE, key: RFC_KEY, state: '0', id: 2 }, result: true },
    ],
  })
  registerHotp({ key, state, id }: RegisterHotpParams, caller: AdministratorCaller, found: FoundPerson) {
    return this.keys.registerHotp(holderOf(caller, found), key, state, id);
  }

  @RpcMethod({
    name: 'OpenOTP.TOTP_Resync',
    summary: 'Bring a time-based token back into step with the code that it shows now',
    description:
      'Looked for within the setting `totp_manual_sync_window`, and used up. `false`: an empty slot, another code, one ' +
      'that was used, one that stands at several steps (the next one will do), a locked authenticator.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: ResyncTotpParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of the first slot', params: { dn: JANE, otp: '287082' }, result: true }],
  })
  async resyncTotp({ otp, id }: ResyncTotpParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    const held = await this.slots.held(this.database.manager, found, 'Token', id, ['TOTP']);
    await this.resync.byCodes(holderOf(caller, found), held, [plainSecret(otp)]);
    return true;
  }

  @RpcMethod({
    name: 'OpenOTP.HOTP_Resync_Sequence',
    summary: 'Bring an event-based token back into step with two codes that follow one another',
    description:
      'Looked for within the setting `hotp_manual_look_ahead`, and used up. `false`: an empty slot, other codes, codes ' +
      'that were used, a locked authenticator.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: ResyncSequenceParams,
    result: BOOLEAN_RESULT,
    examples: [
      { summary: 'Of the second slot', params: { dn: JANE, otp1: '755224', otp2: '287082', id: 2 }, result: true },
    ],
  })
  async resyncSequence(
    { otp1, otp2, id }: ResyncSequenceParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    const held = await this.slots.held(this.database.manager, found, 'Token', id, ['HOTP']);
    await this.resync.byCodes(holderOf(caller, found), held, [plainSecret(otp1), plainSecret(otp2)]);
    return true;
  }

  @RpcMethod({
    name: 'OpenOTP.HOTP_Resync_Counter',
    summary: 'Set the counter of an event-based token to that of its next code',
    description: 'Forward only. `false`: an empty slot, or a counter that the token has reached already.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: ResyncCounterParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of the second slot', params: { dn: JANE, counter: 40, id: 2 }, result: true }],
  })
  async resyncCounter(
    { counter, id }: ResyncCounterParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    const held = await this.slots.held(this.database.manager, found, 'Token', id, ['HOTP']);
    await this.resync.toCounter(holderOf(caller, found), held, counter);
    return true;
  }
}
