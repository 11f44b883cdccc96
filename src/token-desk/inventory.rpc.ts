import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { reachesEverybody } from '../core/administrators/rights.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { BOOLEAN_RESULT, TEXTS_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { kindsOf } from '../tokens/inventory/inventory-types.js';
import { InventoryRepository } from '../tokens/inventory/inventory.repository.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { LinkInventoryParams, RegisterInventoryParams, SearchInventoryParams } from './dto/inventory.params.js';
import { InventoryLinks } from './inventory-links.js';
import { InventoryRegistrations } from './inventory-registrations.js';
import { readMoment } from './read-moment.js';
import { JANE } from './samples.js';

/** Tokens in stock. */
@Injectable()
export class InventoryRpc {
  constructor(
    private readonly registrations: InventoryRegistrations,
    private readonly links: InventoryLinks,
    private readonly repository: InventoryRepository,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Inventory_Register',
    summary: 'Give a person a token from the stock',
    description:
      'What is in the slot is replaced, and the person is told. `false`: an unknown serial number, a token that somebody ' +
      'has or that is disabled, a wrong code, a slot that the domain does not give.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: RegisterInventoryParams,
    result: BOOLEAN_RESULT,
    examples: [
      { summary: 'Into the first slot', params: { dn: JANE, serial: '308671201', otp: '287082' }, result: true },
    ],
  })
  register(
    { serial, id, otp }: RegisterInventoryParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    return this.registrations.register(holderOf(caller, found), serial, id, otp);
  }

  @RpcMethod({
    name: 'Search_Inventory_Items',
    summary: 'List the serial numbers of tokens in stock',
    description:
      'Those that came with a serial number of their own; at most 1000. Tokens of people in other domains than the ' +
      'caller’s are left out, except for global administrators.',
    right: 'read-inventory',
    changes: false,
    params: SearchInventoryParams,
    result: TEXTS_RESULT,
    examples: [
      {
        summary: 'Those that nobody has',
        params: { type: 'OTP Token', filter: '3086*', linked: false },
        result: ['308671201', '308671202'],
      },
    ],
  })
  search(params: SearchInventoryParams, { role, domainId }: AdministratorCaller): Promise<string[]> {
    return this.repository.search(this.database.manager, {
      kinds: kindsOf(params.type),
      serial: params.filter,
      linked: params.linked,
      active: params.active,
      status: params.status,
      from: readMoment('start', params.start),
      to: readMoment('stop', params.stop),
      domainId: reachesEverybody(role) ? undefined : domainId,
    });
  }

  @RpcMethod({
    name: 'Link_Inventory_Item',
    summary: 'Set a token in stock aside for a person, or take it back',
    description:
      'Linked is not usable: `OpenOTP.Inventory_Register` or the person puts it into a slot. Taken back is also what is in a ' +
      'slot; the person is told then. `false`: an unknown serial number, a disabled token, one that somebody has, or nobody.',
    right: 'handle-authenticators',
    changes: true,
    act: AUTHENTICATOR_CHANGE,
    params: LinkInventoryParams,
    result: BOOLEAN_RESULT,
    examples: [
      { summary: 'Set aside', params: { type: 'OTP Token', reference: '308671201', dn: JANE }, result: true },
      { summary: 'Taken back', params: { type: 'OTP Token', reference: '308671201', dn: '' }, result: true },
    ],
  })
  link({ type, reference, dn = '' }: LinkInventoryParams, caller: AdministratorCaller): Promise<boolean> {
    const kinds = kindsOf(type);
    return dn === '' ? this.links.unlink(caller, reference, kinds) : this.links.link(caller, reference, kinds, dn);
  }
}
