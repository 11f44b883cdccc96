import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod } from '../../surfaces/auth-envelope/auth-method.js';
import type { WireList } from '../../surfaces/auth-envelope/auth-result.js';
import { ReferenceParam, USER, type UserReference } from '../../surfaces/auth-envelope/references.js';
import { Applications } from '../applications/applications.js';
import { SITE_STAMP } from '../catalog/object-types.js';
import { AuthPeople } from '../people/auth-people.js';
import { NOBODY } from '../people/nobody.js';
import { DecoyStamps } from './decoy-stamps.js';
import type { SiteStamp } from './site-stamp.entity.js';
import { SiteStamps } from './site-stamps.js';
import { stampObject } from './stamp-objects.js';

class SiteStampParameters {
  @ReferenceParam(USER, { required: true, description: 'Whose stamps.' })
  user!: UserReference;
}

/** `/auth/listSiteStamps` (authentication methods, section 4.16). */
@Injectable()
export class ListSiteStampsMethod {
  constructor(
    private readonly applications: Applications,
    private readonly people: AuthPeople,
    private readonly stamps: SiteStamps,
    private readonly decoys: DecoyStamps,
    private readonly database: Database,
  ) {}

  @AuthMethod({
    name: 'listSiteStamps',
    summary: 'List the marks by which a person knows the site',
    description:
      'Those that a site shows before the password is typed. For a person who is not there the answer is made up, the same ' +
      'each time. Stamps of applications that the agent is not published on are left out.',
    permission: 'read',
    changes: false,
    parameters: SiteStampParameters,
    result: 'list',
    returns: { type: SITE_STAMP, defaults: ['*'], order: 'name' },
    codes: [241, 242],
    examples: [
      {
        summary: 'Everything about them',
        request: { user: { id: 'u-1093' }, return: ['*'] },
        response: {
          error: 0,
          result: {
            total: 1,
            rows: [
              {
                id: 'ss-3',
                name: 'main',
                text: 'blue kettle',
                image: 'iVBORw0KGgo=',
                application: null,
                dateCreated: '2026-02-11T08:14:00Z',
              },
            ],
          },
        },
      },
    ],
  })
  async listSiteStamps({ user }: SiteStampParameters, caller: AuthCaller): Promise<WireList> {
    const accountId = await this.accountId(caller, user);
    const stored = await this.stamps.of(this.database.manager, accountId ?? NOBODY);
    const shown = accountId === undefined ? this.madeUp(caller, user) : stored.filter(this.isSeenBy(caller));
    return { rows: shown.map((stamp) => stampObject(caller, stamp)) };
  }

  /** Undefined for nobody, and for a name that several people have: that it is theirs is told to nobody either. */
  private async accountId(caller: AuthCaller, user: UserReference): Promise<string | undefined> {
    try {
      return (await this.people.lookFor(caller, user)).found?.account.id;
    } catch (error) {
      if (DomainError.is(error, 'account-ambiguous')) return undefined;
      throw error;
    }
  }

  private madeUp({ snapshot, agent }: AuthCaller, user: UserReference): Omit<SiteStamp, 'accountId'>[] {
    return this.decoys.of({ snapshot, domains: this.applications.domains(snapshot, agent) }, user);
  }

  private isSeenBy({ snapshot, agent }: AuthCaller): (stamp: SiteStamp) => boolean {
    const published = new Set(this.applications.ofAgent(snapshot, agent).map(({ id }) => id));
    return ({ applicationId }) => applicationId === null || published.has(applicationId);
  }
}
