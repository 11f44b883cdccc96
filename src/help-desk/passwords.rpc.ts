import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import type { FoundPerson } from '../core/directory/people.js';
import { PasswordAssignment } from '../passwords/password-assignment.js';
import { BOOLEAN_RESULT } from '../surfaces/json-rpc/result-schemas.js';
import { RpcMethod } from '../surfaces/json-rpc/rpc-method.js';
import { CheckPasswordParams, SetPasswordParams } from './dto/password.params.js';
import { PasswordTrial } from './password-trial.js';

const JANE = 'cn=Jane Doe,dc=RCDEVSDOCS';

/** Passwords in an administrator's hands. */
@Injectable()
export class PasswordsRpc {
  constructor(
    private readonly trial: PasswordTrial,
    private readonly assignment: PasswordAssignment,
  ) {}

  @RpcMethod({
    name: 'Check_User_Password',
    summary: 'Tell whether a password would let a person in',
    description:
      '`false`: a wrong password, one that has run out or must be changed, a locked person, or too many wrong ones ' +
      'lately. Wrong ones count together with those of every other way in.',
    right: 'handle-passwords',
    changes: false,
    person: 'usable',
    params: CheckPasswordParams,
    result: BOOLEAN_RESULT,
    examples: [{ summary: 'The right one', params: { dn: JANE, password: 'correct horse 1' }, result: true }],
  })
  check({ password }: CheckPasswordParams, caller: AdministratorCaller, found: FoundPerson): Promise<boolean> {
    return this.trial.isRight(caller, found, password);
  }

  @RpcMethod({
    name: 'Set_User_Password',
    summary: 'Set the password of a person',
    description:
      'Our rules and the directory’s hold. The person’s sessions and links end, and they are told by mail or SMS. Nobody ' +
      'sets the own one like this. ' +
      '`false`: a password that breaks a rule, a directory that forbids the change, or one that cannot demand another ' +
      'password at the next log-on where `change` asks for that.',
    right: 'handle-passwords',
    changes: true,
    person: 'usable',
    act: 'password-set',
    params: SetPasswordParams,
    result: BOOLEAN_RESULT,
    examples: [
      {
        summary: 'For the first day',
        params: { dn: JANE, password: 'Paper boats 44', change: true },
        result: true,
      },
    ],
  })
  async set(
    { password, change }: SetPasswordParams,
    caller: AdministratorCaller,
    found: FoundPerson,
  ): Promise<boolean> {
    await this.assignment.assign(caller, found, plainSecret(password), { mustChange: change });
    return true;
  }
}
