import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { ObjectParam, SecretParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import { invalid, missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import { ReferenceParam, USER, type UserReference } from '../../surfaces/auth-envelope/references.js';
import { Credential } from '../credentials/credential.js';
import { OwnPasswordChange } from './own-password-change.js';

class ChangePasswordParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose password it is.' })
  user!: UserReference;

  @SecretParam({ description: 'The password that the person has now; also taken as `credential.password`.' })
  oldPassword?: PlainSecret;

  @SecretParam({ required: true, description: 'The password that the person wants.' })
  newPassword!: PlainSecret;

  @ObjectParam(Credential, { description: 'Another place for the old password.' })
  credential?: Credential;
}

/** `/auth/changePassword` (authentication methods, section 4.19). */
@Injectable()
export class ChangePasswordMethod {
  constructor(private readonly change: OwnPasswordChange) {}

  @AuthMethod({
    name: 'changePassword',
    summary: 'Let a person change their static password',
    description:
      'The old password is checked first, and counted as a logon attempt. One that has run out or must be changed is ' +
      'right here. Afterwards the person’s other sessions and links are over.',
    permission: 'change-passwords',
    changes: true,
    parameters: ChangePasswordParameters,
    result: 'none',
    codes: [200, 201, 202, 203, 204, 241, 242, 300, 360, 361, 362],
    examples: [
      {
        summary: 'A change',
        request: {
          user: { loginName: 'nadia.okafor', 'domain.id': 'd-7' },
          oldPassword: 'otter-lamp-93',
          newPassword: 'seven grey herons wade',
        },
        response: { error: 0 },
      },
    ],
  })
  async changePassword(parameters: ChangePasswordParameters, caller: AuthCaller): Promise<void> {
    const { user, newPassword } = parameters;
    await this.change.carryOut(caller, user, { oldPassword: oldPassword(parameters), newPassword });
  }
}

/** @throws AuthRefusal 101, 102 when both places hold another one */
function oldPassword({ oldPassword: own, credential }: ChangePasswordParameters): PlainSecret {
  const alias = credential?.password;
  if (own !== undefined && alias !== undefined && own !== alias) throw invalid('oldPassword');
  const given = own ?? alias;
  if (given === undefined) throw missing('oldPassword');
  return given;
}
