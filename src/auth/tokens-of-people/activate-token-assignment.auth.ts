import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { SecretParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import { Activation } from './activation.js';
import { TargetParameters } from './target-parameters.js';

class ActivateTokenAssignmentParameters extends TargetParameters {
  @SecretParam({
    required: true,
    maxLength: 64,
    description:
      'SHA-1 of the activation code as it is displayed (UTF-8, letters in upper case), base64 with padding. The code ' +
      '`739164` gives `gbbncKqwtAvyX0TkBapdfag2qzI=`.',
  })
  acHash!: PlainSecret;
}

/** `/auth/activateTokenAssignment` (authentication methods, section 4.14). */
@Injectable()
export class ActivateTokenAssignmentMethod {
  constructor(private readonly activation: Activation) {}

  @AuthMethod({
    name: 'activateTokenAssignment',
    summary: 'Activate a token with its activation code',
    description:
      'Of parallel calls one succeeds. A code is looked at five times, unless the policy `activationCode` says otherwise; ' +
      'then a new one has to be sent. Wrong codes count at the person, too.',
    permission: 'manage-tokens',
    changes: true,
    parameters: ActivateTokenAssignmentParameters,
    result: 'none',
    codes: [200, 201, 202, 203, 204, 240, 241, 242, 250, 251, 252, 253, 255, 258, 350, 351, 352],
    examples: [
      {
        summary: 'By user and token',
        request: {
          user: { id: 'u-1093' },
          token: { serial: '70011852' },
          acHash: 'gbbncKqwtAvyX0TkBapdfag2qzI=',
        },
        response: { error: 0 },
      },
    ],
  })
  activateTokenAssignment(
    { acHash, ...reference }: ActivateTokenAssignmentParameters,
    caller: AuthCaller,
  ): Promise<void> {
    return this.activation.activate(caller, reference, acHash);
  }
}
