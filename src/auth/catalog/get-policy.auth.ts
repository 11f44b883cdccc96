import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import { missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import {
  APPLICATION,
  type ApplicationReference,
  CATEGORY,
  type CategoryReference,
  ReferenceParam,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { Applications } from '../applications/applications.js';
import { AuthPeople } from '../people/auth-people.js';
import { POLICY } from './object-types.js';
import { PolicyReport } from './policy-report.js';

class PolicyParameters {
  @ReferenceParam(CATEGORY, { required: true, description: 'Category, e.g. `logon`, in any case.' })
  category!: CategoryReference;

  @ReferenceParam(APPLICATION, {
    description: 'For what; without one, policies that are bound to applications do not count.',
  })
  application?: ApplicationReference;

  @ReferenceParam(USER, { description: 'For whom; the policy of the whole server when absent.' })
  user?: UserReference;
}

/** `/auth/getPolicy` (authentication methods, section 4.15). */
@Injectable()
export class GetPolicyMethod {
  constructor(
    private readonly applications: Applications,
    private readonly people: AuthPeople,
    private readonly report: PolicyReport,
  ) {}

  @AuthMethod({
    name: 'getPolicy',
    summary: 'Tell the policy in force',
    description:
      'One object. Of the enabled policies of the category the nearest holder’s counts (person, group, unit, domain, server), ' +
      'bound to the application before bound to none, then the higher priority, then the smaller id. Options that it leaves ' +
      'out have their defaults. Secrets and addresses of servers are left out.',
    permission: 'read',
    changes: false,
    parameters: PolicyParameters,
    result: 'object',
    returns: { type: POLICY, defaults: ['id', 'name', 'options'] },
    codes: [200, 201, 220, 221, 240, 241, 242, 370],
    examples: [
      {
        summary: 'How somebody logs on',
        request: {
          application: { name: 'Harbour VPN' },
          user: { loginName: 'nadia.okafor', 'domain.id': 'd-7' },
          category: { name: 'logon' },
          return: ['name', 'id', 'options'],
        },
        response: {
          error: 0,
          result: {
            id: 'pol-12',
            name: 'VPN logon',
            options: { mfa: 'REQUIRED_WITH_TOKEN', ipFilter: '', ipFilterMode: 'ALLOW', pendingTimeout: '300' },
          },
        },
      },
    ],
  })
  async getPolicy({ category, application, user }: PolicyParameters, caller: AuthCaller): Promise<WireObject> {
    if (category.name === undefined) throw missing('category.name');
    const named = application && this.applications.resolve(caller.snapshot, caller.agent, application);
    const found = user && (await this.people.find(caller, user, named));
    return this.report.of(caller, category.name, { found, application: named });
  }
}
