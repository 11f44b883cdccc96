import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { ObjectParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import { missing } from '../../surfaces/auth-envelope/auth-refusal.js';
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

class VerifyResponseParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose token was asked.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, {
    description: 'The token that was asked; needed only for a challenge that the agent has made up.',
  })
  token?: TokenReference;

  @ObjectParam(Credential, { required: true, description: '`otp`, the response, and `cc`, what it answers.' })
  credential!: Credential;
}

/** `/auth/verifyResponse` (authentication methods, section 4.9). */
@Injectable()
export class VerifyResponseMethod {
  constructor(private readonly verification: Verification) {}

  @AuthMethod({
    name: 'verifyResponse',
    summary: 'Check the response that a person’s token gave to a challenge',
    description:
      'A challenge of `getChallengeCode` is used up by the right response, and by the third wrong one; a grid on screen by ' +
      'the first, right or wrong. Only the agent that asked for it may have it answered.',
    permission: 'verify',
    changes: true,
    parameters: VerifyResponseParameters,
    result: 'object',
    returns: { type: VERIFICATION, defaults: [] },
    codes: [200, 201, 202, 203, 204, 241, 242, 250, 251, 252, 253, 254, 255, 256, 257, 300, 302, 320, 321],
    examples: [
      {
        summary: 'The response of a token',
        request: {
          user: { id: 'u-1093' },
          token: { serial: '70011852' },
          credential: { otp: '675414', cc: '40715926' },
        },
        response: { error: 0 },
      },
    ],
  })
  async verifyResponse(parameters: VerifyResponseParameters, caller: AuthCaller): Promise<WireObject> {
    const { user, token, credential: sent } = parameters;
    const { otp, cc, pin } = sent;
    if (otp === undefined) throw missing('credential.otp');
    if (cc === undefined) throw missing('credential.cc');
    // Another `method`, e.g. SPASS, must not have something else checked in place of the response.
    const credential: Credential = { otp, cc, ...(pin !== undefined && { pin }) };
    return verificationResult(await this.verification.verify(caller, { user, token, credential }));
  }
}
