import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import type { WireList } from '../../surfaces/auth-envelope/auth-result.js';
import { APPLICATION, type ApplicationReference, ReferenceParam } from '../../surfaces/auth-envelope/references.js';
import { Applications } from '../applications/applications.js';
import { DOMAIN } from './object-types.js';
import { domainObject } from './wire-objects.js';

class ListDomainsParameters {
  @ReferenceParam(APPLICATION, {
    description: 'Whose realm is listed; the realms of all applications of the agent when absent.',
  })
  application?: ApplicationReference;
}

/** `/auth/listDomains` (authentication methods, section 4.2). */
@Injectable()
export class ListDomainsMethod {
  constructor(private readonly applications: Applications) {}

  @AuthMethod({
    name: 'listDomains',
    summary: 'List the domains whose people may use an application',
    permission: 'read',
    changes: false,
    parameters: ListDomainsParameters,
    result: 'list',
    returns: { type: DOMAIN, defaults: ['id', 'name'], order: 'name' },
    codes: [220, 221, 240],
    examples: [
      {
        summary: 'Of one application',
        request: { application: { id: 'app-31' }, return: ['id', 'name'] },
        response: { error: 0, result: { total: 1, rows: [{ id: 'd-7', name: 'harbour.example' }] } },
      },
    ],
  })
  async listDomains({ application }: ListDomainsParameters, { snapshot, agent }: AuthCaller): Promise<WireList> {
    const named = application && this.applications.resolve(snapshot, agent, application);
    return { rows: this.applications.domains(snapshot, agent, named).map(domainObject) };
  }
}
