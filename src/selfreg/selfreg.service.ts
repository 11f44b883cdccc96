import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { LinkRecipients, type LinkWish } from '../delivery/links/link-recipients.js';
import { LinkSender } from '../delivery/links/link-sender.js';
import { ENROLMENT_PATH, tokenEnrolment } from '../tokens/enrolment/enrolment-link.js';
import { offeredChoices } from './enrolment-offer.js';
import { enrolmentScope } from './items.js';

/** What an administrator's call says of an enrolment link; what is absent comes from settings. */
export interface EnrolmentWish extends LinkWish {
  readonly application: string | undefined;
  readonly item: string | undefined;
}

/** Sends enrolment links for administrators (manager-json-rpc section 5). */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly recipients: LinkRecipients,
    private readonly links: LinkSender,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Sends a person a link and returns its URL.
   *
   * @throws DomainError as `LinkRecipients.planFor`, `enrolmentScope` and `LinkSender.send`; `feature-locked` when
   *   nothing of what is asked for may be enrolled in the domain
   */
  async send(caller: AdministratorCaller, found: FoundPerson, wish: EnrolmentWish): Promise<string> {
    const plan = await this.recipients.planFor(found, wish);
    const scope = enrolmentScope(wish.application, wish.item);
    const snapshot = await this.configuration.snapshot();
    if (offeredChoices(snapshot, found.domain.id, scope).length === 0) {
      throw new DomainError('feature-locked', { detail: 'nothing of what was asked for is allowed in the domain' });
    }
    const { url } = await this.links.send({
      ...plan,
      purpose: tokenEnrolment,
      path: ENROLMENT_PATH,
      message: 'token-enrolment-link',
      login: wish.username,
      secondFactor: false,
      payload: { ...scope },
      creator: { label: caller.label, accountId: caller.accountId, address: caller.clientAddress },
      correlationId: caller.correlationId,
    });
    return url;
  }
}
