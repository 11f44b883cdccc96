import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { ContactChanges } from '../../core/requests/contact-changes.js';
import type { NewRequest, RequestCreator } from '../../core/requests/new-request.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import { sendsPerPersonPerHour } from '../../core/requests/request-settings.js';
import { LinkQuota } from '../../delivery/links/link-quota.js';
import { type MessagePurpose, Outbox } from '../../delivery/outbox.js';
import { type AppRootLinkKind, appRootLink } from './app-root-link.js';

/** A link for a person whom the directory knows. */
export interface PersonLink {
  readonly purpose: RequestPurpose;
  readonly kind: AppRootLinkKind;
  readonly message: MessagePurpose;
  readonly found: FoundPerson;
  /** The login as somebody wrote it. */
  readonly login: string;
  readonly validSeconds: number;
  readonly creator: RequestCreator;
  readonly payload?: Record<string, unknown>;
}

/** Links of the root web application: request and letter in one transaction, the letter sent after its commit. */
@Injectable()
export class IamLinks {
  constructor(
    private readonly configuration: Configuration,
    private readonly contacts: ContactChanges,
    private readonly requests: OneTimeRequests,
    private readonly quota: LinkQuota,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Writes a link for a person, whose older ones of the kind end. The letter goes to the address in the directory.
   *
   * @throws DomainError `no-address`, `send-limit-reached`
   */
  async write(tx: Tx, link: PersonLink): Promise<OneTimeRequest> {
    const { found, purpose, creator } = link;
    const { domain, person } = found;
    if (!person.mail) throw new DomainError('no-address');
    const snapshot = await this.configuration.snapshotWithin(tx);
    const limit = snapshot.setting(sendsPerPersonPerHour, domain.id);
    const account = await this.quota.take(tx, found.account.id, purpose, limit);
    await this.contacts.settle(tx, account, found);
    const { request, link: secret } = await this.requests.create(tx, {
      purpose,
      domain,
      account,
      login: link.login,
      target: person.dn,
      passwordChangedAt: person.passwordChangedAt,
      creator,
      validSeconds: link.validSeconds,
      deliveryMethod: 'MAIL',
      payload: { ...link.payload, email: person.mail },
    });
    await this.outbox.enqueue(tx, {
      channel: 'MAIL',
      purpose: link.message,
      to: person.mail,
      language: person.language,
      variables: {
        USERNAME: person.login,
        DOMAIN: domain.name,
        FULLNAME: person.displayName,
        LINK: await this.url(tx, link.kind, secret),
        EXPIRES: request.expiresAt.toISOString(),
        HOURS: hoursOf(link.validSeconds),
        ADDRESS: creator.address ?? '',
        ADMIN: creator.accountId === null ? '' : creator.label,
      },
      domainId: domain.id,
      accountId: account.id,
      requestId: request.id,
    });
    return request;
  }

  /** Writes a link for somebody who has no account yet, to the address they gave. */
  async writeToNewcomer(
    tx: Tx,
    request: Omit<NewRequest, 'account' | 'deliveryMethod'>,
    letter: { kind: AppRootLinkKind; message: MessagePurpose; to: string; name: string; language: string | undefined },
  ): Promise<OneTimeRequest> {
    const { domain, login, validSeconds, creator } = request;
    const made = await this.requests.create(tx, { ...request, account: null, deliveryMethod: 'MAIL' });
    await this.outbox.enqueue(tx, {
      channel: 'MAIL',
      purpose: letter.message,
      to: letter.to,
      language: letter.language,
      variables: {
        USERNAME: login,
        DOMAIN: domain.name,
        FULLNAME: letter.name,
        LINK: await this.url(tx, letter.kind, made.link),
        EXPIRES: made.request.expiresAt.toISOString(),
        HOURS: hoursOf(validSeconds),
        ADDRESS: creator.address ?? '',
      },
      domainId: domain.id,
      accountId: null,
      requestId: made.request.id,
    });
    return made.request;
  }

  private async url(tx: Tx, kind: AppRootLinkKind, secret: PlainSecret): Promise<string> {
    const { publicUrl } = await this.configuration.snapshotWithin(tx);
    if (!publicUrl) throw new DomainError('internal', { detail: 'no public URL is configured' });
    return appRootLink(publicUrl, kind, secret);
  }
}

function hoursOf(seconds: number): string {
  return String(Math.max(1, Math.round(seconds / 3_600)));
}
