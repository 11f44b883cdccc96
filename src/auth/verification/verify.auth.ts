import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { ObjectParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import {
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { Credential } from '../credentials/credential.js';
import { VERIFICATION, verificationResult } from './used-token.js';
import { Verification } from './verification.js';

class VerifyParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose credential it is.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, { description: 'The token that is meant; every fitting one of the person when absent.' })
  token?: TokenReference;

  @ObjectParam(Credential, { required: true, description: 'What the person presents.' })
  credential!: Credential;
}

/** `/auth/verify` (authentication methods, section 4.8). */
@Injectable()
export class VerifyMethod {
  constructor(private readonly verification: Verification) {}

  @AuthMethod({
    name: 'verify',
    summary: 'Check one credential of a person',
    description:
      'Outside any logon: no application, no step, no session. The same checks, counters and replay protection as ' +
      '`logon`. A person is looked for in the domains of all applications of the agent.',
    permission: 'verify',
    changes: true,
    parameters: VerifyParameters,
    result: 'object',
    returns: { type: VERIFICATION, defaults: [] },
    codes: [
      200, 201, 202, 203, 204, 205, 241, 242, 250, 251, 252, 253, 254, 255, 256, 257, 300, 301, 302, 303, 320, 321, 340,
      380, 381,
    ],
    examples: [
      {
        summary: 'A static password',
        request: {
          user: { loginName: 'nadia.okafor', 'domain.name': 'harbour.example' },
          credential: { method: 'SPASS', password: 'otter-lamp-93' },
          remoteIp: '203.0.113.20',
        },
        response: { error: 0 },
      },
      {
        summary: 'A one-time password, and the token that it came from',
        request: { user: { id: 'u-1093' }, credential: { otp: '359152' }, return: ['*'] },
        response: { error: 0, result: { token: { id: '90aa13c7', serial: '70011852' } } },
      },
    ],
  })
  async verify(parameters: VerifyParameters, caller: AuthCaller): Promise<WireObject> {
    return verificationResult(await this.verification.verify(caller, parameters));
  }
}
