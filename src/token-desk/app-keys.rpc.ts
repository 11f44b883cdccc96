import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import type { RpcResult } from '../surfaces/json-rpc/rpc-result.js';
import { AppKeyHandover } from '../tokens/kinds/app-keys/app-key-handover.js';
import { AppKeys } from '../tokens/kinds/app-keys/app-keys.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { AppKeyParams, TmpKeyParams } from './dto/secret.params.js';
import { DnParams } from './dto/slot.params.js';
import { APP_KEYS_RESULT } from './result-schemas.js';
import { JANE } from './samples.js';

/** Application passwords. */
@Injectable()
export class AppKeysRpc {
  constructor(
    private readonly keys: AppKeys,
    private readonly handover: AppKeyHandover,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.AppKey_Register',
    summary: 'Make a person an application password',
    description:
      'Beside those that the person has. `OpenOTP.AppKey_Fetch` gives it once, within an hour. `false`: another length, or as ' +
      'many as the setting `app_key_slots` allows are there and work.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: AppKeyParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'For a month', params: { dn: JANE, length: 20, expires: 30 }, result: true }],
  })
  async register({ length, expires }: AppKeyParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    await this.database.transaction(async (tx) => {
      const issued = await this.keys.issue(tx, holderOf(caller, found), { length, days: expires });
      await this.handover.keep(tx, issued);
    });
    return true;
  }

  @RpcMethod({
    name: 'OpenOTP.AppKey_Fetch',
    summary: 'List the application passwords of a person',
    description:
      'One that was made by `OpenOTP.AppKey_Register` within the last hour and not fetched yet is given as `password`, and ' +
      'never again; the others are null. What is stored of them cannot be turned back.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    params: DnParams,
    result: APP_KEYS_RESULT,
    examples: [
      {
        summary: 'One that was made just now',
        params: { dn: JANE },
        result: [
          {
            client: null,
            serial: 'APPKEY-7K3M9Q2XAB',
            password: 'h7RkTq2mWvXc9LpZ4dNs',
            expires: '2026-12-22T10:00:00.000Z',
            lastused: null,
          },
        ],
      },
    ],
  })
  fetch(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<RpcResult> {
    return this.database.transaction(async (tx) => {
      const passwords = await this.handover.take(tx, holderOf(caller, found));
      return (await this.keys.list(tx, found.account.id)).map((key) => ({
        client: key.client,
        serial: key.serial,
        password: passwords.get(key.assignmentId) ?? null,
        expires: key.expires?.toISOString() ?? null,
        lastused: key.lastUsedAt?.toISOString() ?? null,
      }));
    });
  }

  @RpcMethod({
    name: 'OpenOTP.AppKey_Unregister',
    summary: 'Take the application passwords of a person away',
    description: 'All of them, temporary ones too. `false`: the person has none.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: DnParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: true }],
  })
  unregister(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.database.transaction((tx) => this.keys.removeAll(tx, holderOf(caller, found)));
  }

  @RpcMethod({
    name: 'OpenOTP.TmpKey_Register',
    summary: 'Give a person a temporary application password',
    description: '`false`: not 10 to 30 characters, or no place is left.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: TmpKeyParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'For an hour', params: { dn: JANE, password: 'Paper boats 44', expires: 60 }, result: true }],
  })
  async temporary({ password, expires }: TmpKeyParams, caller: AdministratorCaller, found: FoundPerson) {
    await this.database.transaction((tx) =>
      this.keys.registerTemporary(tx, holderOf(caller, found), plainSecret(password), expires),
    );
    return true;
  }
}
