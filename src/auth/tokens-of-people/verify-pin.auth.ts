import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { SecretParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import {
  ASSIGNMENT,
  type AssignmentReference,
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { PinVerification } from './pin-verification.js';

class VerifyPinParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose PIN it is.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, { description: 'The token whose PIN it is.' })
  token?: TokenReference;

  @ReferenceParam(ASSIGNMENT, { description: 'The assignment whose PIN it is.' })
  tokenAssignment?: AssignmentReference;

  @SecretParam({
    required: true,
    description: 'The PIN; of a grid the secret path. Without `token` and `tokenAssignment` the static password.',
  })
  pin!: PlainSecret;
}

/** `/auth/verifyPin` (authentication methods, section 4.20). */
@Injectable()
export class VerifyPinMethod {
  constructor(private readonly verification: PinVerification) {}

  @AuthMethod({
    name: 'verifyPin',
    summary: 'Check a PIN, or a static password, without a passcode',
    description:
      'Counted like any credential. An assignment without a PIN answers as a wrong one does. That a PIN is to be changed is ' +
      'read by `listTokenAssignments`.',
    permission: 'verify',
    changes: true,
    parameters: VerifyPinParameters,
    result: 'none',
    codes: [200, 201, 202, 203, 204, 205, 240, 241, 242, 250, 251, 252, 253, 254, 255, 256, 257, 258, 300],
    examples: [
      {
        summary: 'Of an assignment',
        request: {
          user: { loginName: 'nadia.okafor', 'domain.id': 'd-7' },
          tokenAssignment: { id: '5be07d12c9a84c41' },
          pin: '6203',
        },
        response: { error: 0 },
      },
    ],
  })
  verifyPin({ pin, ...reference }: VerifyPinParameters, caller: AuthCaller): Promise<void> {
    return this.verification.verify(caller, reference, pin);
  }
}
