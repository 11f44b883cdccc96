import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Clock } from '../core/time/clock.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { ExpireParams } from './dto/secret.params.js';
import { SlotParams } from './dto/slot.params.js';
import { JANE } from './samples.js';
import { SlotSwitch } from './slot-switch.js';
import { TokenSlots } from './token-slots.js';

const DAY = 86_400;

/** When the tokens of people stop working. */
@Injectable()
export class ExpiryRpc {
  constructor(
    private readonly switches: SlotSwitch,
    private readonly slots: TokenSlots,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Expire_Start',
    summary: 'Let a token stop working after some days',
    description: 'From now on, in place of an earlier end. `false`: the slot is empty, or the days are out of range.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: ExpireParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'For a guest', params: { dn: JANE, expires: 14, id: 1 }, result: true }],
  })
  start({ expires, id }: ExpireParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.switches.restrict(holderOf(caller, found), 'Token', id, this.clock.in(expires * DAY));
  }

  @RpcMethod({
    name: 'OpenOTP.Expire_Check',
    summary: 'Tell whether a token has expired',
    description: '`false`: it has not, or the slot is empty.',
    right: 'read-people',
    changes: false,
    person: 'usable',
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of the first slot', params: { dn: JANE, id: 1 }, result: false }],
  })
  async check({ id }: SlotParams, _caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    const { assignment } = await this.slots.held(this.database.manager, found, 'Token', id);
    return assignment.expires !== null && assignment.expires <= this.clock.now();
  }

  @RpcMethod({
    name: 'OpenOTP.Expire_Reset',
    summary: 'Let a token work without end',
    description: 'Also one that has expired, which works again. `false`: the slot is empty.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'Of the first slot', params: { dn: JANE, id: 1 }, result: true }],
  })
  reset({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.switches.restrict(holderOf(caller, found), 'Token', id, null);
  }
}
