import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import type { WireList } from '../../surfaces/auth-envelope/auth-result.js';
import {
  APPLICATION,
  type ApplicationReference,
  ReferenceParam,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { Applications } from '../applications/applications.js';
import { AuthPeople } from '../people/auth-people.js';
import { originOf, RequiredSteps } from '../procedures/required-steps.js';
import { LOGON_STEP } from './object-types.js';
import { stepObject } from './wire-objects.js';

class LogonStepsParameters {
  @ReferenceParam(APPLICATION, { required: true, description: 'What somebody logs on to.' })
  application!: ApplicationReference;

  @ReferenceParam(USER, { description: 'Who logs on; the procedure as it is declared when absent.' })
  user?: UserReference;
}

/** `/auth/getLogonSteps` (authentication methods, section 4.4). */
@Injectable()
export class GetLogonStepsMethod {
  constructor(
    private readonly applications: Applications,
    private readonly people: AuthPeople,
    private readonly steps: RequiredSteps,
  ) {}

  @AuthMethod({
    name: 'getLogonSteps',
    summary: 'List the steps of a logon',
    description:
      'In their order: the first row is `step` 1 elsewhere. With a person, those that the logon policy asks of them now. ' +
      '`challengResponse` (spelt so) says that a challenge is fetched before the step and sent as `credential.cc`.',
    permission: 'read',
    changes: false,
    parameters: LogonStepsParameters,
    result: 'list',
    returns: { type: LOGON_STEP, defaults: ['name', 'challengResponse', 'authenticators'] },
    codes: [200, 201, 220, 221, 230, 240, 241, 242],
    examples: [
      {
        summary: 'Of one person',
        request: {
          application: { id: 'app-31' },
          user: { loginName: 'nadia.okafor', 'domain.id': 'd-7' },
          return: ['name', 'challengResponse', 'authenticators'],
        },
        response: {
          error: 0,
          result: {
            total: 2,
            rows: [
              {
                name: 'Password',
                challengResponse: false,
                authenticators: [{ code: 'SPASS', name: 'Static Password' }],
              },
              {
                name: 'Second factor',
                challengResponse: false,
                authenticators: [{ code: 'OTP', name: 'One-Time Password' }],
              },
            ],
          },
        },
      },
    ],
  })
  async getLogonSteps({ application, user }: LogonStepsParameters, caller: AuthCaller): Promise<WireList> {
    const { snapshot, agent } = caller;
    const named = this.applications.resolve(snapshot, agent, application);
    const found = user && (await this.people.find(caller, user, named));
    return { rows: (await this.steps.of(snapshot, named, found, originOf(caller))).map(stepObject) };
  }
}
