import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { ObjectParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { count, flag, type ObjectType } from '../../surfaces/auth-envelope/object-type.js';
import {
  APPLICATION,
  type ApplicationReference,
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { Credential } from '../credentials/credential.js';
import { Logon } from './logon.js';

const LOGON_STATE: ObjectType = {
  name: 'logonState',
  attributes: {
    step: count('The step that is next, from 1; the last one when the logon is complete.'),
    steps: count('Steps that are asked of this person now.'),
    completed: flag('Whether every step was passed.'),
  },
};

class LogonParameters {
  @ReferenceParam(APPLICATION, { required: true, description: 'What the person logs on to.' })
  application!: ApplicationReference;

  @ReferenceParam(USER, {
    description: 'Who logs on. Needed for the first step; later it may be left out, or must be the same person.',
  })
  user?: UserReference;

  @ReferenceParam(TOKEN, { description: 'The token that is meant; every fitting one of the person when absent.' })
  token?: TokenReference;

  @ObjectParam(Credential, { required: true, description: 'What the person presents in this step.' })
  credential!: Credential;
}

/** `/auth/logon` (authentication methods, section 4.6). */
@Injectable()
export class LogonMethod {
  constructor(private readonly logons: Logon) {}

  @AuthMethod({
    name: 'logon',
    summary: 'Present one credential for the current step of a logon',
    description:
      'One call a step. The first step that is passed opens the logon session, whose cookie (`JSESSIONID`) the next call ' +
      'brings along; the last one completes it, under a new cookie. A refusal keeps the step. With `OOBA` the call waits ' +
      'until the person has answered on their device, or the time of the request is over. With `return` the answer says ' +
      'where the logon stands.',
    permission: 'logon',
    changes: true,
    parameters: LogonParameters,
    result: 'object',
    returns: { type: LOGON_STATE, defaults: [] },
    codes: [
      200, 201, 202, 203, 204, 205, 220, 221, 230, 232, 233, 234, 235, 236, 240, 241, 242, 250, 251, 252, 253, 254, 255,
      256, 257, 300, 301, 302, 303, 320, 321, 340, 380, 381,
    ],
    examples: [
      {
        summary: 'A one-time password of a certain token',
        request: {
          remoteIp: '203.0.113.20',
          application: { id: 'app-31' },
          user: { id: 'u-1093' },
          token: { serial: '70011852' },
          credential: { otp: '359152' },
        },
        response: { error: 0 },
      },
      {
        summary: 'A push to a device',
        request: {
          application: { id: 'app-31' },
          user: { id: 'u-1093' },
          token: { serial: '220000417' },
          credential: { method: 'OOBA', tokenId: '90aa13c7' },
          return: ['*'],
        },
        response: { error: 0, result: { step: 2, steps: 2, completed: true } },
      },
    ],
  })
  async logon(parameters: LogonParameters, caller: AuthCaller): Promise<WireObject> {
    return { ...(await this.logons.present(caller, parameters)) };
  }
}
