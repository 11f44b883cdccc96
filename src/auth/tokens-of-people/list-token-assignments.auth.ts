import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import type { WireList } from '../../surfaces/auth-envelope/auth-result.js';
import {
  APPLICATION,
  type ApplicationReference,
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { Applications } from '../applications/applications.js';
import { AuthPeople } from '../people/auth-people.js';
import { PersonTokens } from './person-tokens.js';
import { ASSIGNMENT_OBJECT } from './token-objects.js';
import { assignmentRow } from './token-rows.js';
import { UserRows } from './user-rows.js';

class ListTokenAssignmentsParameters {
  @ReferenceParam(APPLICATION, {
    description: 'Only people of its realm are found; all that the agent sees when absent.',
  })
  application?: ApplicationReference;

  @ReferenceParam(USER, { required: true, description: 'Whose assignments they are.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, { description: 'Only assignments of tokens that fit; all when absent.' })
  token?: TokenReference;
}

/** `/auth/listTokenAssignments` (authentication methods, section 4.5). */
@Injectable()
export class ListTokenAssignmentsMethod {
  constructor(
    private readonly applications: Applications,
    private readonly people: AuthPeople,
    private readonly tokens: PersonTokens,
    private readonly users: UserRows,
  ) {}

  @AuthMethod({
    name: 'listTokenAssignments',
    summary: 'List the assignments of tokens to a person',
    description: 'Of every status, ended ones left out; in the order of the serial numbers.',
    permission: 'read',
    changes: false,
    parameters: ListTokenAssignmentsParameters,
    result: 'list',
    returns: { type: ASSIGNMENT_OBJECT, defaults: ['id', 'status', { token: ['id', 'serial'] }] },
    codes: [200, 201, 220, 221, 240, 241, 242],
    examples: [
      {
        summary: 'Push devices',
        request: {
          application: { id: 'app-31' },
          user: { id: 'u-1093' },
          token: { 'product.functions': 'OOBA' },
          return: ['id', 'status', { token: ['id', 'serial', 'oobDeviceModel', 'oobDeviceType'] }],
        },
        response: {
          error: 0,
          result: {
            total: 1,
            rows: [
              {
                id: '5be07d12c9a84c41',
                status: 'ACTIVE',
                token: { id: '90aa13c7', serial: '220000417', oobDeviceModel: 'Pixel 8', oobDeviceType: 'Android' },
              },
            ],
          },
        },
      },
    ],
  })
  async listTokenAssignments(
    { application, user, token }: ListTokenAssignmentsParameters,
    caller: AuthCaller,
  ): Promise<WireList> {
    const { snapshot, agent } = caller;
    const within = application && this.applications.resolve(snapshot, agent, application);
    const found = await this.people.find(caller, user, within);
    const held = await this.tokens.list(snapshot, found, token);
    const context = this.users.context(snapshot, found);
    return { rows: held.map((one) => assignmentRow(context, one)) };
  }
}
