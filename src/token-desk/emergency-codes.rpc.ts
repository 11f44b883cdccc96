import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { EmergencyCodes } from '../tokens/kinds/emergency-code/emergency-codes.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { EmergencyParams } from './dto/secret.params.js';
import { DnParams } from './dto/slot.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';

/** Codes for people who have lost their second factor. */
@Injectable()
export class EmergencyCodesRpc {
  constructor(
    private readonly codes: EmergencyCodes,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Emerg_Register',
    summary: 'Give a person an emergency code',
    description:
      'Gives it back; it takes the place of the second factor and never of both. Beside those that the person has, ten at ' +
      'most. `false`: not 6 to 64 letters and digits, a value out of range, no place left.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: EmergencyParams,
    result: TEXT_OR_FALSE,
    examples: [
      { summary: 'A chosen one', params: { dn: JANE, otp: '498576', expires: 3600, maxuse: 5 }, result: '498576' },
    ],
  })
  async register(
    { otp, expires, maxuse }: EmergencyParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<string> {
    const wish = { seconds: expires, maxUses: maxuse, ...(otp !== undefined && { code: plainSecret(otp) }) };
    const { code } = await this.database.transaction((tx) => this.codes.issue(tx, holderOf(caller, found), wish));
    return code;
  }

  @RpcMethod({
    name: 'OpenOTP.Emerg_Unregister',
    summary: 'Take the emergency codes of a person away',
    description: 'All of them, whoever made them. `false`: the person has none.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: true }],
  })
  unregister(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.database.transaction((tx) => this.codes.removeAll(tx, holderOf(caller, found)));
  }
}
