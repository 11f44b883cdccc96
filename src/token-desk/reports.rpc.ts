import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { type FoundPerson, isUsable } from '../core/directory/people.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import type { RpcResult } from '../surfaces/json-rpc/rpc-result.js';
import { AuthenticatorReports } from './authenticator-reports.js';
import { DnParams, MethodsParams, ReportParams } from './dto/slot.params.js';
import { AUTHENTICATORS_RESULT, METHODS_RESULT, REPORT_RESULT } from './result-schemas.js';
import { JANE } from './samples.js';

const MADE = '2026-11-22T10:00:00.000Z';
const TOKEN = {
  id: 1,
  slot: 'Token1',
  type: 'TOTP',
  serial: 'TOTP-7K3M9Q2XAB',
  product: 'LK/TOTP',
  name: null,
  status: 'ACTIVE',
  usable: true,
  created: MADE,
  expires: null,
  lastused: null,
};
const KEY = {
  ...TOKEN,
  slot: 'FIDO1',
  type: 'FIDO',
  serial: 'FIDO-MFZWIZTHNBUWU',
  product: 'LK/FIDO',
  name: 'Blue key',
};

/** What a help desk sees of a person's authenticators; secrets are told to nobody. */
@Injectable()
export class ReportsRpc {
  constructor(private readonly reports: AuthenticatorReports) {}

  @RpcMethod({
    name: 'OpenOTP.User_Tokens',
    summary: 'List the one-time password tokens of a person',
    description: 'TOTP, HOTP, OCRA and Yubikey, by slot.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: DnParams,
    result: AUTHENTICATORS_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: [TOKEN] }],
  })
  tokens(_params: DnParams, _caller: AdministratorCaller, found: FoundPerson): Promise<RpcResult> {
    return this.reports.family(found, 'Token');
  }

  @RpcMethod({
    name: 'OpenOTP.User_Devices',
    summary: 'List the FIDO keys of a person',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: DnParams,
    result: AUTHENTICATORS_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: [KEY] }],
  })
  devices(_params: DnParams, _caller: AdministratorCaller, found: FoundPerson): Promise<RpcResult> {
    return this.reports.family(found, 'FIDO');
  }

  @RpcMethod({
    name: 'OpenOTP.User_Methods',
    summary: 'List the sorts of authenticator that a person has',
    description:
      'In the words of the authentication methods. `OTPoD` stands for a passcode by SMS or mail, which needs an address ' +
      'and no token.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: MethodsParams,
    result: METHODS_RESULT,
    examples: [{ summary: 'Those that work now', params: { dn: JANE, active: true }, result: ['OTP', 'OTPoD'] }],
  })
  methods({ active }: MethodsParams, _caller: AdministratorCaller, found: FoundPerson): Promise<RpcResult> {
    return this.reports.methods(found, active);
  }

  @RpcMethod({
    name: 'OpenOTP.User_Report',
    summary: 'Tell how a person can log in',
    description: '`expire` and `reset` of other servers are ignored: there are no figures here that could be reset.',
    right: 'read-people',
    changes: false,
    person: 'any',
    params: ReportParams,
    result: REPORT_RESULT,
    examples: [
      {
        summary: 'With what keeps the person out',
        params: { dn: JANE, block: true },
        result: {
          dn: JANE,
          domain: 'RCDEVSDOCS',
          active: true,
          methods: ['OTP'],
          block: { blocked: true, until: null, by: null, locked: ['OTP'] },
        },
      },
    ],
  })
  async report(
    { token, u2f, block }: ReportParams,
    _caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<RpcResult> {
    return {
      dn: found.person.dn,
      domain: found.domain.name,
      active: isUsable(found),
      methods: await this.reports.methods(found, false),
      ...(token && { token: await this.reports.family(found, 'Token') }),
      ...(u2f && { u2f: await this.reports.family(found, 'FIDO') }),
      ...(block && { block: await this.reports.block(found) }),
    };
  }
}
