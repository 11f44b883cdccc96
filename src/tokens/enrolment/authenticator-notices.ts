import { Injectable } from '@nestjs/common';
import type { Tx } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { Clock } from '../../core/time/clock.js';
import { linkUrl } from '../../delivery/links/link-url.js';
import type { Channel } from '../../delivery/outbox.js';
import { Outbox } from '../../delivery/outbox.js';
import type { TokenAssignment } from '../token-assignment.entity.js';
import type { Token } from '../token.entity.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { authenticatorFreeze, FREEZE_HOURS, FREEZE_PATH } from './freeze.purpose.js';

/** What happened to an authenticator. */
export type AuthenticatorChange = 'added' | 'removed';

const HOUR = 3_600;

/** Tells people of every change of their authenticators, whoever made it, and lets them stop one that they did not make. */
@Injectable()
export class AuthenticatorNotices {
  constructor(
    private readonly configuration: Configuration,
    private readonly requests: OneTimeRequests,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes the message in the transaction of the change: by mail where there is an address, else by SMS, none for
   * somebody who can be reached by neither. The holder's account is locked in `tx`.
   */
  async send(
    tx: Tx,
    change: AuthenticatorChange,
    { found, requestId, context }: EnrolmentHolder,
    assignment: TokenAssignment,
    token: Token,
  ): Promise<void> {
    const { person, domain, account } = found;
    const to = person.mail ?? person.mobile;
    if (!to) return;
    const channel: Channel = person.mail ? 'MAIL' : 'SMS';
    const freeze = change === 'added' ? await this.freezeLink(tx, found, assignment) : undefined;
    await this.outbox.enqueue(tx, {
      channel,
      to,
      purpose: change === 'added' ? 'authenticator-added' : 'authenticator-removed',
      language: person.language,
      variables: {
        USERNAME: person.login,
        DOMAIN: domain.name,
        FULLNAME: person.displayName,
        ITEM: assignment.slot ?? token.kind,
        TIME: this.clock.now().toISOString(),
        ADDRESS: context.clientAddress ?? '',
        ...(freeze && { LINK: freeze.url }),
      },
      domainId: domain.id,
      accountId: account.id,
      // A message with a link is not sent any more once the link is dead.
      requestId: freeze?.requestId ?? requestId ?? null,
    });
  }

  private async freezeLink(
    tx: Tx,
    found: EnrolmentHolder['found'],
    assignment: TokenAssignment,
  ): Promise<{ readonly url: string; readonly requestId: string } | undefined> {
    const { publicUrl } = await this.configuration.snapshotWithin(tx);
    if (!publicUrl) return undefined;
    const { request, link } = await this.requests.create(tx, {
      purpose: authenticatorFreeze,
      domain: found.domain,
      account: found.account,
      login: found.person.login,
      target: found.person.dn,
      passwordChangedAt: found.person.passwordChangedAt,
      creator: { label: 'system', accountId: null, address: null },
      validSeconds: FREEZE_HOURS * HOUR,
      // This message delivers it.
      deliveryMethod: 'NONE',
      payload: { assignmentId: assignment.id },
    });
    return { url: linkUrl(publicUrl, FREEZE_PATH, link), requestId: request.id };
  }
}
