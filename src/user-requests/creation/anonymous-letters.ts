import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../core/database/database.js';
import type { Account } from '../../core/directory/account.entity.js';
import { Accounts } from '../../core/directory/accounts.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { ContactChanges } from '../../core/requests/contact-changes.js';
import type { RequestCreator } from '../../core/requests/new-request.js';
import type { DeliveryMethod } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { RequestAttachment } from '../../core/requests/request-attachment.js';
import { PURPOSES, type UserRequestPayload } from '../request-types.js';
import type { AnonymousOrder } from './anonymous-order.js';
import { OtherRequestsRepository } from './other-requests.repository.js';
import { RequestLetters, type WrittenLetter } from './request-letters.js';
import { pinOf, validityOf } from './request-settings.js';

/** Who has asked, and what is in force, in the transaction that writes the letter. */
interface Sending {
  readonly tx: Tx;
  readonly snapshot: ConfigurationSnapshot;
  readonly order: AnonymousOrder;
  readonly found: FoundPerson;
  /** Locked. */
  readonly account: Account;
  readonly method: DeliveryMethod;
  readonly creator: RequestCreator;
}

/**
 * Letters to people whom a stranger's request concerns.
 *
 * A link belongs to a request of its own, so that the stranger's receipt stays that of nobody's request, whatever becomes
 * of the link. A PIN completes the very request whose receipt the stranger holds, which becomes the person's. Either ends
 * what strangers asked for before, and nothing that an administrator did (attack class 31).
 */
@Injectable()
export class AnonymousLetters {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly contacts: ContactChanges,
    private readonly requests: OneTimeRequests,
    private readonly attachment: RequestAttachment,
    private readonly others: OtherRequestsRepository,
    private readonly letters: RequestLetters,
  ) {}

  /** Writes the letter and tries it once; writes none when this was done already, or there is a newer request. */
  async send(
    snapshot: ConfigurationSnapshot,
    order: AnonymousOrder,
    found: FoundPerson,
    method: DeliveryMethod,
  ): Promise<void> {
    const { address, correlationId } = order;
    const creator = { label: 'anonymous', accountId: null, address, correlationId };
    const written = await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      const purpose = PURPOSES[order.type];
      if (await this.others.hasAnswerTo(tx, account.id, purpose.name, order.number)) return undefined;
      await this.attachment.detach(tx, account, purpose, { actor: 'system', correlationId, domain: found.domain.name });
      await this.contacts.settle(tx, account, found);
      const sending = { tx, snapshot, order, found, account, method, creator };
      return order.withPin === 'true' ? this.withPin(sending) : this.withLink(sending);
    });
    if (written) await this.letters.deliver(written);
  }

  private async withLink({ tx, snapshot, order, found, account, method, creator }: Sending): Promise<WrittenLetter> {
    const { type, number, language } = order;
    const payload: UserRequestPayload = { type, anonymous: true, withPin: false, askedAs: number };
    const { request, link } = await this.requests.create(tx, {
      purpose: PURPOSES[type],
      domain: found.domain,
      account,
      login: found.person.login,
      target: found.person.dn,
      passwordChangedAt: found.person.passwordChangedAt,
      creator,
      spares: 'administrators',
      validSeconds: validityOf(snapshot, type),
      deliveryMethod: method,
      payload: { ...payload },
    });
    const secret = { link };
    return this.letters.write(tx, { type, found, request, secret, method, creator, language: language ?? undefined });
  }

  private async withPin(sending: Sending): Promise<WrittenLetter | undefined> {
    const { tx, snapshot, order, found, account, method, creator } = sending;
    const { type, requestId, address, correlationId, language } = order;
    const purpose = PURPOSES[type];
    const by = {
      actor: creator.label,
      clientAddress: address,
      correlationId,
      domain: found.domain.name,
      target: found.person.dn,
    };
    await this.requests.cancel(tx, account, { reason: 'superseded', purpose, spares: 'administrators' });
    const { digits } = pinOf(snapshot);
    const attached = await this.attachment.attach(tx, requestId, purpose, { found, account, digits }, by);
    if (!attached) return undefined;
    const { request, pin } = attached;
    return this.letters.write(tx, {
      type,
      found,
      request,
      secret: { pin },
      method,
      creator,
      language: language ?? undefined,
    });
  }
}
