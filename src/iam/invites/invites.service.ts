import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { Database } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { requireUsable } from '../../core/directory/people.js';
import { MailReadiness } from '../../delivery/mail/mail-readiness.js';
import { PeopleReach } from '../../people/people-reach.js';
import { PersonFinder } from '../../people/person-finder.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { IamLinks } from '../links/iam-links.js';
import { invitation } from '../links/link-purposes.js';
import { inviteTtl } from './invite-settings.js';

/** An administrator invites somebody to set a password (iam-rest section 5). */
@Injectable()
export class InvitesService {
  constructor(
    private readonly people: PersonFinder,
    private readonly reach: PeopleReach,
    private readonly links: IamLinks,
    private readonly mail: MailReadiness,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  /**
   * @throws RestRefusal 412/1501 `userid`, 503/1503
   * @throws DomainError `access-denied`, `no-address`, `send-limit-reached`, `password-change-forbidden`
   */
  async invite(by: AdministratorCaller, domainName: string | undefined, userId: string): Promise<void> {
    const domain = await this.reach.domain(by, domainName);
    const found = await this.people.byId(domain, userId);
    if (!found) throw RestRefusal.field('userid', 'userid not found');
    await this.reach.requireReach(by, found);
    requireUsable(found);
    if (!found.person.mayChangePassword) throw new DomainError('password-change-forbidden');
    if (!(await this.mail.isReady())) throw new RestRefusal(1503, 'no system mail account');
    const validSeconds = (await this.configuration.snapshot()).setting(inviteTtl);
    await this.database.transaction((tx) =>
      this.links.write(tx, {
        purpose: invitation,
        kind: 'invite',
        message: 'invitation-link',
        found,
        login: found.person.login,
        validSeconds,
        creator: {
          label: by.label,
          accountId: by.accountId,
          address: by.clientAddress,
          correlationId: by.correlationId,
        },
      }),
    );
  }
}
