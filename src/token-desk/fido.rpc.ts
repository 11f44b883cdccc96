import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { Database } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { FidoRegistrations } from '../tokens/kinds/fido/fido-registrations.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { FidoChallengeParams, FidoRegisterParams } from './dto/key.params.js';
import { SlotParams } from './dto/slot.params.js';
import { TEXT_OR_FALSE } from './result-schemas.js';
import { JANE } from './samples.js';
import { SlotSwitch } from './slot-switch.js';
import { TokenSlots } from './token-slots.js';

const RANDOM = 'c2V2ZW50ZWVuIGJsdWUgYm9hdHM';

/** FIDO keys of people, registered by a portal that holds the ceremony in its own pages. */
@Injectable()
export class FidoRpc {
  constructor(
    private readonly registrations: FidoRegistrations,
    private readonly slots: TokenSlots,
    private readonly switches: SlotSwitch,
    private readonly database: Database,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.FIDO_Challenge',
    summary: 'Begin the registration of a FIDO key',
    description:
      'Gives `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3, section 5.4) as JSON text, good for five minutes. The ' +
      'relying party is the host of the public URL, so the ceremony is held under that name. `false`: a public URL under ' +
      'which browsers hold none.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    params: FidoChallengeParams,
    result: TEXT_OR_FALSE,
    examples: [
      {
        summary: 'For one person',
        params: { username: 'Jane Doe', domain: 'RCDEVSDOCS', random: RANDOM },
        result:
          '{"challenge":"…","rp":{"name":"Latchkey","id":"id.example.test"},"user":{"id":"…"},"pubKeyCredParams":[]}',
      },
    ],
  })
  async challenge({ random }: FidoChallengeParams, caller: AdministratorCaller, found: FoundPerson): Promise<string> {
    return JSON.stringify(await this.registrations.begin(holderOf(caller, found), boundTo(random)));
  }

  @RpcMethod({
    name: 'OpenOTP.FIDO_Register',
    summary: 'Register a FIDO key',
    description:
      'Once for each challenge, whatever comes of it. The person is told. `false`: no such challenge, or an answer that is ' +
      'not right, a key that is registered already, no free slot.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: FidoRegisterParams,
    result: BOOLEAN_RESULT,
    examples: [
      {
        summary: 'Into the first free slot',
        params: { dn: JANE, response: '{"id":"…","rawId":"…","type":"public-key","response":{}}', random: RANDOM },
        result: true,
      },
    ],
  })
  async register(
    { response, random, id, name }: FidoRegisterParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    const holder = holderOf(caller, found);
    const proved = await this.registrations.prove(holder, response, boundTo(random));
    await this.database.transaction(async (tx) => {
      const slot = id === undefined ? undefined : await this.slots.place(tx, found, 'FIDO', id);
      const occupant = slot === undefined ? undefined : await this.slots.occupant(tx, found, slot);
      await this.registrations.finish(tx, holder, proved, { slot, replaces: occupant?.assignment.id, name });
    });
    return true;
  }

  @RpcMethod({
    name: 'OpenOTP.FIDO_Enable',
    summary: 'Make a FIDO key usable again',
    description: '`false`: the slot is empty, or its key is not disabled.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'One that was found again', params: { dn: JANE, id: 1 }, result: true }],
  })
  enable({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.switches.enable(holderOf(caller, found), 'FIDO', id);
  }

  @RpcMethod({
    name: 'OpenOTP.FIDO_Disable',
    summary: 'Keep a FIDO key from being used until it is enabled',
    description: '`false`: the slot is empty, or its key is disabled already.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'One that was mislaid', params: { dn: JANE, id: 1 }, result: true }],
  })
  disable({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.switches.disable(holderOf(caller, found), 'FIDO', id);
  }

  @RpcMethod({
    name: 'OpenOTP.FIDO_Unregister',
    summary: 'Take a FIDO key away from a person for good',
    description: 'The person is told. `false`: the slot is empty.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: SlotParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'One that was lost', params: { dn: JANE, id: 1 }, result: true }],
  })
  unregister({ id }: SlotParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.switches.remove(holderOf(caller, found), 'FIDO', id);
  }
}

/**
 * Who may finish a ceremony: whoever knows what the caller made up for it. Only a digest of it is stored.
 *
 * @throws DomainError `value-out-of-range` for nothing
 */
function boundTo(random: string): string {
  if (random === '') throw new DomainError('value-out-of-range', { params: { parameter: 'random' } });
  return `random ${createHash('sha256').update(random).digest('base64url')}`;
}
