import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import type { WireList } from '../../surfaces/auth-envelope/auth-result.js';
import {
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../surfaces/auth-envelope/references.js';
import { AuthPeople } from '../people/auth-people.js';
import { PersonTokens } from './person-tokens.js';
import { TOKEN_OBJECT } from './token-objects.js';
import { tokenRow } from './token-rows.js';
import { UserRows } from './user-rows.js';

class ListTokensParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose tokens they are.' })
  user!: UserReference;

  @ReferenceParam(TOKEN, { description: 'Only tokens that fit; all when absent.' })
  token?: TokenReference;
}

/** `/auth/listTokens` (authentication methods, section 4.18). */
@Injectable()
export class ListTokensMethod {
  constructor(
    private readonly people: AuthPeople,
    private readonly tokens: PersonTokens,
    private readonly users: UserRows,
  ) {}

  @AuthMethod({
    name: 'listTokens',
    summary: 'List the tokens of a person',
    description:
      'Owned and shared ones, also those that cannot be used now: ask for `status`. What the person is enrolling and has ' +
      'not proved is left out. Seeds, counters and histories are never readable.',
    permission: 'read',
    changes: false,
    parameters: ListTokensParameters,
    result: 'list',
    returns: { type: TOKEN_OBJECT, defaults: ['id', 'serial'], order: 'serial' },
    codes: [200, 201, 240, 241, 242],
    examples: [
      {
        summary: 'Grid cards',
        request: {
          user: { loginName: 'nadia.okafor', 'domain.id': 'd-7' },
          token: { 'product.method': 'GridCard' },
          return: ['id', 'serial'],
        },
        response: { error: 0, result: { total: 1, rows: [{ id: '3d51f0b2', serial: '33100708' }] } },
      },
    ],
  })
  async listTokens({ user, token }: ListTokensParameters, caller: AuthCaller): Promise<WireList> {
    const found = await this.people.find(caller, user);
    const held = await this.tokens.list(caller.snapshot, found, token);
    const context = this.users.context(caller.snapshot, found);
    return { rows: held.map((one) => tokenRow(context, one)) };
  }
}
