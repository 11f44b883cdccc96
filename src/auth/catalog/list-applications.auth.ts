import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod, NoParameters } from '../../surfaces/auth-envelope/auth-method.js';
import type { WireList } from '../../surfaces/auth-envelope/auth-result.js';
import { Applications } from '../applications/applications.js';
import { APPLICATION } from './object-types.js';
import { applicationObject } from './wire-objects.js';

/** `/auth/listApplications` (authentication methods, section 4.1). */
@Injectable()
export class ListApplicationsMethod {
  constructor(private readonly applications: Applications) {}

  @AuthMethod({
    name: 'listApplications',
    summary: 'List the applications that the agent is published on',
    description: 'By name; none for an agent that is published on none.',
    permission: 'read',
    changes: false,
    parameters: NoParameters,
    result: 'list',
    returns: { type: APPLICATION, defaults: ['id', 'name'], order: 'name' },
    codes: [],
    examples: [
      {
        summary: 'With their names',
        request: { return: ['id', 'name'] },
        response: {
          error: 0,
          result: {
            total: 2,
            rows: [
              { id: 'app-31', name: 'Harbour VPN' },
              { id: 'app-44', name: 'Payroll' },
            ],
          },
        },
      },
    ],
  })
  async listApplications(_parameters: NoParameters, caller: AuthCaller): Promise<WireList> {
    const published = this.applications.ofAgent(caller.snapshot, caller.agent);
    return { rows: published.map((application) => applicationObject(caller, application)) };
  }
}
