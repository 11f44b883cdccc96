import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../core/database/database.js';
import type { Account } from '../../core/directory/account.entity.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { ContactChanges } from '../../core/requests/contact-changes.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { sendsPerPersonPerHour } from '../../core/requests/request-settings.js';
import type { DeliveryOutcome, NewMessage } from '../outbox.js';
import { Outbox } from '../outbox.js';
import { channelsOf } from './channels.js';
import type { LinkOrder, SentLink } from './link-order.js';
import { LinkQuota } from './link-quota.js';
import { linkUrl } from './link-url.js';

const HOUR = 3_600;

/**
 * Makes one-time links and sends them: request and messages in one transaction, the first try right after its
 * commit, because the caller wants to know how it went (manager-json-rpc sections 5 to 9).
 */
@Injectable()
export class LinkSender {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly contacts: ContactChanges,
    private readonly requests: OneTimeRequests,
    private readonly outbox: Outbox,
    private readonly quota: LinkQuota,
  ) {}

  /**
   * @throws DomainError `no-address` when the person has none for any of the channels, `send-limit-reached`,
   *   `delivery-failed` when every channel refused for good; the link is dead then
   */
  async send(order: LinkOrder): Promise<SentLink> {
    const snapshot = await this.configuration.snapshot();
    const { reached, missing } = channelsOf(order.method, order.found.person);
    if (reached.length === 0 && order.method !== 'NONE') throw new DomainError('no-address');
    const { publicUrl } = snapshot;
    if (!publicUrl) throw new DomainError('internal', { detail: 'no public URL is configured' });
    const limit = snapshot.setting(sendsPerPersonPerHour, order.found.domain.id);
    const { request, url, messages } = await this.database.transaction(async (tx) => {
      const account = await this.quota.take(tx, order.found.account.id, order.purpose, limit);
      const { request, link } = await this.create(tx, account, order);
      const url = linkUrl(publicUrl, order.path, link);
      const messages: string[] = [];
      for (const { channel, to } of reached) {
        messages.push(await this.outbox.enqueue(tx, this.message(order, request, { channel, to, url })));
      }
      return { request, url, messages };
    });
    if (messages.length > 0) await this.settle(order, request, await this.outbox.deliverNow(messages), missing);
    return { url, request };
  }

  private async create(
    tx: Tx,
    account: Account,
    order: LinkOrder,
  ): Promise<{ request: OneTimeRequest; link: PlainSecret }> {
    const { found } = order;
    await this.contacts.settle(tx, account, found);
    return this.requests.create(tx, {
      purpose: order.purpose,
      domain: found.domain,
      account,
      login: order.login,
      target: found.person.dn,
      passwordChangedAt: found.person.passwordChangedAt,
      creator: { ...order.creator, correlationId: order.correlationId },
      validSeconds: order.hours * HOUR,
      deliveryMethod: order.method,
      secondFactor: order.secondFactor,
      comments: order.comments,
      payload: order.payload,
    });
  }

  private async settle(
    order: LinkOrder,
    request: OneTimeRequest,
    outcomes: readonly DeliveryOutcome[],
    missing: readonly string[],
  ): Promise<void> {
    const failed = outcomes.every(({ state }) => state === 'failed');
    const detail = Object.fromEntries([
      ['method', order.method],
      ...outcomes.map(({ channel, state, reason }) => [channel, reason ? `${state}: ${reason}` : state]),
      ...missing.map((channel) => [channel, 'failed: no address']),
    ]) as Record<string, string>;
    const { creator, found, correlationId } = order;
    await this.database.transaction((tx) =>
      this.requests.settleDelivery(tx, request, failed ? 'failed' : 'sent', {
        actor: creator.label,
        clientAddress: creator.address ?? undefined,
        correlationId,
        domain: found.domain.name,
        target: found.person.dn,
        detail,
      }),
    );
    if (failed) throw new DomainError('delivery-failed');
  }

  private message(
    order: LinkOrder,
    request: OneTimeRequest,
    { channel, to, url }: { channel: NewMessage['channel']; to: string; url: string },
  ): NewMessage {
    const { person, domain, account } = order.found;
    return {
      channel,
      purpose: order.message,
      to,
      language: person.language,
      variables: {
        USERNAME: person.login,
        DOMAIN: domain.name,
        FULLNAME: person.displayName,
        LINK: url,
        EXPIRES: request.expiresAt.toISOString(),
        HOURS: String(order.hours),
        COMMENTS: order.comments ?? '',
        ADMIN: order.creator.label,
        ITEM: typeof order.payload['item'] === 'string' ? order.payload['item'] : '',
      },
      domainId: domain.id,
      accountId: account.id,
      requestId: request.id,
    };
  }
}
