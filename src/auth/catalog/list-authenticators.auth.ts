import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { IntegerParam } from '../../surfaces/auth-envelope/auth-parameter-types.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { WireList } from '../../surfaces/auth-envelope/auth-result.js';
import {
  APPLICATION,
  type ApplicationReference,
  ReferenceParam,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { type Application, Applications, type AuthenticatorCode } from '../applications/applications.js';
import { AuthPeople } from '../people/auth-people.js';
import { originOf, RequiredSteps } from '../procedures/required-steps.js';
import { UsableAuthenticators } from '../procedures/usable-authenticators.js';
import { AUTHENTICATOR } from './object-types.js';
import { authenticatorObject } from './wire-objects.js';

class ListAuthenticatorsParameters {
  @IntegerParam({
    required: true,
    min: Number.MIN_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    description: 'Number of the step, from 1.',
  })
  step!: number;

  @ReferenceParam(APPLICATION, { required: true, description: 'What somebody logs on to.' })
  application!: ApplicationReference;

  @ReferenceParam(USER, { description: 'Who logs on; what is declared for the step when absent.' })
  user?: UserReference;
}

/** `/auth/listAuthenticators` (authentication methods, section 4.3). */
@Injectable()
export class ListAuthenticatorsMethod {
  constructor(
    private readonly applications: Applications,
    private readonly people: AuthPeople,
    private readonly steps: RequiredSteps,
    private readonly usable: UsableAuthenticators,
  ) {}

  @AuthMethod({
    name: 'listAuthenticators',
    summary: 'List what may be presented in a step',
    description:
      'In the order of the step. With a person, what they cannot use now is left out: without a usable token, a password or ' +
      'an address; all are listed when that leaves none.',
    permission: 'read',
    changes: false,
    parameters: ListAuthenticatorsParameters,
    result: 'list',
    returns: { type: AUTHENTICATOR, defaults: ['code', 'name'] },
    codes: [200, 201, 220, 221, 230, 231, 240, 241, 242],
    examples: [
      {
        summary: 'Of one person',
        request: {
          step: 1,
          application: { id: 'app-31' },
          user: { 'domain.id': 'd-7', loginName: 'nadia.okafor' },
        },
        response: {
          error: 0,
          result: {
            total: 2,
            rows: [
              { code: 'OTP', name: 'One-Time Password' },
              { code: 'OTPoD', name: 'On-Demand Password' },
            ],
          },
        },
      },
    ],
  })
  async listAuthenticators(
    { step, application, user }: ListAuthenticatorsParameters,
    caller: AuthCaller,
  ): Promise<WireList> {
    const named = this.applications.resolve(caller.snapshot, caller.agent, application);
    const found = user && (await this.people.find(caller, user, named));
    return { rows: (await this.authenticators(caller, named, found, step)).map(authenticatorObject) };
  }

  /** @throws AuthRefusal 230, 231 */
  private async authenticators(
    caller: AuthCaller,
    application: Application,
    found: FoundPerson | undefined,
    number: number,
  ): Promise<readonly AuthenticatorCode[]> {
    const steps = await this.steps.of(caller.snapshot, application, found, originOf(caller));
    const step = steps[number - 1];
    if (!step) throw new AuthRefusal(231);
    const asked = { step, alone: steps.length === 1 };
    return found ? this.usable.of(caller.snapshot, asked, found, application) : step.authenticators;
  }
}
