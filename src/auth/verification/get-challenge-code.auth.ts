import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import {
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { AuthPeople } from '../people/auth-people.js';
import { CHALLENGE_CODE_OBJECT } from './challenge-code.js';
import { ChallengeIssue } from './challenge-issue.js';

class ChallengeParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose token is asked.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, {
    description:
      'The token, e.g. `{"product.method": "GridGo"}`; the person’s first one that answers challenges when absent.',
  })
  token?: TokenReference;
}

/** `/auth/getChallengeCode` (authentication methods, section 4.17). */
@Injectable()
export class GetChallengeCodeMethod {
  constructor(
    private readonly people: AuthPeople,
    private readonly issue: ChallengeIssue,
  ) {}

  @AuthMethod({
    name: 'getChallengeCode',
    summary: 'Put a challenge to a person’s token',
    description:
      'The answer goes to `verify`, `verifyResponse` or `logon` as `credential.otp`, with the code, the id or the reference ' +
      'of the challenge in `credential.cc`. A new challenge voids the one before; ten a minute may be put to a person. For a ' +
      'FIDO key `code` is the JSON text of the options of `navigator.credentials.get`, and the JSON text of its result goes ' +
      'into `credential.otp`; for security questions it is `{"questions":[{"id","question"}]}`; for a push device it is ' +
      'the number to show. The answer for a grid has `reference` whatever `return` asks for.',
    permission: 'verify',
    changes: true,
    parameters: ChallengeParameters,
    result: 'object',
    returns: {
      type: CHALLENGE_CODE_OBJECT,
      defaults: ['id', 'code', 'starts', 'expires', 'reference'],
      always: ({ grid }) => (grid === true ? ['reference'] : []),
    },
    codes: [200, 201, 202, 203, 204, 235, 241, 242, 250, 251, 252, 253, 254, 255, 256, 257, 321],
    examples: [
      {
        summary: 'A grid on screen',
        request: {
          user: { loginName: 'nadia.okafor', 'domain.id': 'd-7' },
          token: { 'product.method': 'GridGo' },
          return: ['id', 'code', 'reference'],
        },
        response: {
          error: 0,
          result: {
            id: '#i#_ChallengeCode_901',
            code: '{"grid":["k4t9wa","3mrx7c","v0pz2h","8dnj6e"],"rows":4,"cols":6,"indiecs":"ABCDEF"}',
            reference: '6f0c2d7e-8a51-4c1b-9a3e-2b7d51c0f4aa',
          },
        },
      },
    ],
  })
  async getChallengeCode({ user, token }: ChallengeParameters, caller: AuthCaller): Promise<WireObject> {
    const found = await this.people.find(caller, user);
    this.people.requireActive(found);
    return { ...(await this.issue.issue(caller, found, token)) };
  }
}
