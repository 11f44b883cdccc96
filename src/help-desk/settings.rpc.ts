import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { RequestLedger } from '../core/requests/request-ledger.js';
import { declaredSettings } from '../core/settings/setting.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import type { RpcResult } from '../surfaces/json-rpc/rpc-result.js';
import { DataParams, SettingsParams } from './dto/person.params.js';

const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';

/** What holds for a person, and what this server keeps about them. */
@Injectable()
export class SettingsRpc {
  constructor(
    private readonly configuration: Configuration,
    private readonly ledger: RequestLedger,
  ) {}

  @RpcMethod({
    name: 'Get_User_Settings',
    summary: 'Tell the settings that hold for a person',
    description: 'The settings of scope `domain` as they are in force in the domain of the person, by name.',
    right: 'read-people',
    changes: false,
    person: 'usable',
    params: SettingsParams,
    result: { type: 'object' },
    examples: [
      {
        summary: 'Two of them',
        params: { dn: JANE, settings: ['link_expiration_hours', 'pwreset_access_locked'] },
        result: { link_expiration_hours: 24, pwreset_access_locked: false },
      },
    ],
  })
  async settings(
    { settings: names }: SettingsParams,
    _caller: AdministratorCaller,
    { domain }: FoundPerson,
  ): Promise<RpcResult> {
    const snapshot = await this.configuration.snapshot();
    const inForce = declaredSettings()
      .filter(({ scope, name }) => scope === 'domain' && (names?.includes(name) ?? true))
      .map((setting) => [setting.name, snapshot.setting(setting, domain.id)]);
    // What a configuration file can hold, JSON can.
    return Object.fromEntries(inForce) as { readonly [name: string]: RpcResult };
  }

  @RpcMethod({
    name: 'Get_User_Data',
    summary: 'Tell what this server keeps about a person',
    description:
      'Values are Base64 of UTF-8 text: `Account.ID`, `Account.State`, `Account.Created` (ISO 8601) and ' +
      '`Account.OutstandingRequests` (a number). Seeds, keys, codes and passwords are told to nobody.',
    right: 'read-people',
    changes: false,
    person: 'usable',
    params: DataParams,
    result: { type: 'object', additionalProperties: { type: 'string', format: 'byte' } },
    examples: [
      {
        summary: 'One of them',
        params: { dn: JANE, data: ['Account.State'] },
        result: { 'Account.State': 'YWN0aXZl' },
      },
    ],
  })
  async data(
    { data: names }: DataParams,
    _caller: AdministratorCaller,
    { account }: FoundPerson,
  ): Promise<Record<string, string>> {
    const kept = {
      'Account.ID': account.id,
      'Account.State': account.state,
      'Account.Created': account.createdAt.toISOString(),
      'Account.OutstandingRequests': String((await this.ledger.outstanding(account.id)).length),
    };
    const wanted = Object.entries(kept).filter(([name]) => names?.includes(name) ?? true);
    return Object.fromEntries(wanted.map(([name, text]) => [name, Buffer.from(text, 'utf8').toString('base64')]));
  }
}
