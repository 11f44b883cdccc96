import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { YubikeyEnrolment } from '../tokens/enrolment/yubikey-enrolment.js';
import { encodeModhex } from '../tokens/yubikey/modhex.js';
import { AUTHENTICATOR_CHANGE } from './acts.js';
import { holderOf } from './administrator-holder.js';
import { YubicloudParams, YubikeyParams } from './dto/key.params.js';
import { JANE } from './samples.js';
import { SlotRegistrations } from './slot-registrations.js';

/** Yubikeys whose secret is known here. */
@Injectable()
export class YubikeysRpc {
  constructor(
    private readonly enrolment: YubikeyEnrolment,
    private readonly registrations: SlotRegistrations,
  ) {}

  @RpcMethod({
    name: 'OpenOTP.Yubikey_Register',
    summary: 'Give a person a Yubikey',
    description:
      'What is in the slot is replaced, and the person is told. `false`: a key, private id or public id of another length, or ' +
      'a slot that the domain does not give.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: YubikeyParams,
    result: BOOLEAN_RESULT,
    examples: [
      {
        summary: 'Into the first slot',
        params: { dn: JANE, key: 'AAECAwQFBgcICQoLDA0ODw==', secret: 'AQIDBAUG', public: 'AAECAwQF', id: 1 },
        result: true,
      },
    ],
  })
  register(
    { key, secret, public: publicId, id }: YubikeyParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    const holder = holderOf(caller, found);
    const parts = { key: hex(key), privateId: hex(secret), publicId: encodeModhex(publicId) };
    return this.registrations.register(holder, id, (tx) => this.enrolment.begin(tx, holder, parts));
  }

  @RpcMethod({
    name: 'OpenOTP.Yubicloud_Register',
    summary: 'Not possible here: always `false`',
    description:
      'Yubikeys are checked with their own key here (`OpenOTP.Yubikey_Register`); no validation server is asked.',
    right: 'handle-authenticators',
    changes: true,
    person: 'usable',
    act: AUTHENTICATOR_CHANGE,
    params: YubicloudParams,
    result: BOOLEAN_RESULT,
    examples: [
      { summary: 'Whatever is sent', params: { dn: JANE, otp: 'cccccccccccccccccccccccccccccccc' }, result: false },
    ],
  })
  async cloud(_params: YubicloudParams, _caller: AdministratorCaller, _found: FoundPerson): Promise<boolean> {
    throw new DomainError('feature-locked', { detail: 'there is no validation server for Yubikeys' });
  }
}

function hex(bytes: Uint8Array) {
  return plainSecret(Buffer.from(bytes).toString('hex'));
}
