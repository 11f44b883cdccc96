import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { BOOLEAN_RESULT, TEXTS_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { LIST_SIZES } from '../tokens/kinds/otp-list/otp-list-codes.js';
import { OtpListEnrolment } from '../tokens/kinds/otp-list/otp-list-enrolment.js';
import { OtpLists } from '../tokens/kinds/otp-list/otp-lists.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { ListParams } from './dto/secret.params.js';
import { DnParams } from './dto/slot.params.js';
import { JANE } from './samples.js';

/** Printed lists of one-time passwords. */
@Injectable()
export class OtpListsRpc {
  constructor(
    private readonly lists: OtpLists,
    private readonly enrolment: OtpListEnrolment,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.List_Register',
    summary: 'Make a person a list of one-time passwords',
    description:
      'In place of the one that the person has. `OpenOTP.List_Fetch` gives it for printing. `false`: another size.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: ListParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'A short one', params: { dn: JANE, size: 25 }, result: true }],
  })
  async register(
    { size: wanted, algo }: ListParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    const size = LIST_SIZES.find((known) => known === wanted);
    if (size === undefined) throw new DomainError('value-out-of-range', { params: { parameter: 'size' } });
    const list = { size, hash: algo };
    await this.database.transaction((tx) => this.enrolment.register(tx, holderOf(caller, found), list));
    return true;
  }

  @RpcMethod({
    name: 'OpenOTP.List_Fetch',
    summary: 'Give the list of a person for printing',
    description:
      'All passwords in their order, the used ones too; each time is written into the audit. `false`: there is none.',
    right: 'handle-authenticators',
    changes: false,
    person: 'usable',
    params: DnParams,
    result: TEXTS_RESULT,
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: ['84755224', '94287082'] }],
  })
  async fetch(_params: DnParams, caller: AdministratorCaller, found: FoundPerson): Promise<readonly string[]> {
    const entries = await this.database.transaction((tx) => this.lists.fetch(tx, holderOf(caller, found)));
    if (!entries) throw new DomainError('no-usable-token');
    return entries.map(({ code }) => code);
  }

  @RpcMethod({
    name: 'OpenOTP.List_State',
    summary: 'Tell how far the list of a person is used up',
    description:
      'Number of the password that was used last, 0 for a new list; its size when it is used up. `false`: there is none.',
    right: 'read-people',
    changes: false,
    person: 'usable',
    params: DnParams,
    result: { type: 'integer' },
    examples: [{ summary: 'Of one person', params: { dn: JANE }, result: 4 }],
  })
  async state(_params: DnParams, _caller: AdministratorCaller, found: FoundPerson): Promise<number> {
    const summary = await this.lists.summary(this.database.manager, found);
    if (!summary) throw new DomainError('no-usable-token');
    return summary.offset;
  }

  @RpcMethod({
    name: 'OpenOTP.List_Unregister',
    summary: 'Take the list of a person away',
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
    return this.database.transaction((tx) => this.lists.remove(tx, holderOf(caller, found)));
  }
}
