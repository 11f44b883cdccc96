import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { RequestCreator } from '../../core/requests/new-request.js';
import type { DeliveryMethod, OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { linkDeliveryMode } from '../../core/requests/request-settings.js';
import { channelsOf } from '../../delivery/links/channels.js';
import { type MessagePurpose, Outbox } from '../../delivery/outbox.js';
import type { RequestType } from '../request-types.js';
import { requestLink } from './request-link.js';

/** What the letter of a request holds: the link, or the PIN and never a link (user-requests section 6). */
export type DeliveredSecret = { readonly link: PlainSecret } | { readonly pin: PlainSecret };

/** A letter to the person of a request. */
export interface RequestLetter {
  readonly type: RequestType;
  readonly found: FoundPerson;
  readonly request: OneTimeRequest;
  readonly secret: DeliveredSecret;
  readonly method: DeliveryMethod;
  readonly creator: RequestCreator;
  /** BCP 47 tag that the caller wished for, where the directory knows none of the person. */
  readonly language: string | undefined;
}

/** Messages of one request, on their way. */
export interface WrittenLetter {
  readonly letter: RequestLetter;
  readonly messages: readonly string[];
}

const LINK_LETTERS: Partial<Record<RequestType, MessagePurpose>> = {
  PASSWORD_SET: 'user-password-set-link',
  PASSWORD_RESET: 'user-password-reset-link',
  UNLOCK_ACCOUNT: 'user-unlock-link',
  LOGIN: 'user-login-link',
};

/** What a PIN is for, as `ITEM` of its letter. */
const PIN_REASONS: Readonly<Record<RequestType, string>> = {
  PASSWORD_SET: 'PasswordSet',
  PASSWORD_RESET: 'PasswordReset',
  UNLOCK_ACCOUNT: 'UnlockAccount',
  LOGIN: 'LogIn',
  LOGIN_UNATTENDED: 'LogIn',
  CUSTOM: 'Confirmation',
};

/**
 * How the person is reached: as the domain sends its links, and by mail where it leaves them to the caller, because what
 * is delivered here must not be known to the caller. `NONE` when the person has no address for that.
 */
export function deliveryMethodFor(snapshot: ConfigurationSnapshot, { domain, person }: FoundPerson): DeliveryMethod {
  const wished = snapshot.setting(linkDeliveryMode, domain.id);
  const method = wished === 'NONE' ? 'MAIL' : wished;
  return channelsOf(method, person).reached.length > 0 ? method : 'NONE';
}

/** Writes the letters of user requests in the transaction of the request, and sees to their first try. */
@Injectable()
export class RequestLetters {
  constructor(
    private readonly configuration: Configuration,
    private readonly outbox: Outbox,
    private readonly requests: OneTimeRequests,
    private readonly database: Database,
  ) {}

  /** Writes a letter. Addresses come from the directory only (attack class 14). */
  async write(tx: Tx, letter: RequestLetter): Promise<WrittenLetter> {
    const { found, request, method, type, secret } = letter;
    const purpose = 'pin' in secret ? 'user-request-pin' : LINK_LETTERS[type];
    if (!purpose) throw new Error(`no letter with a link for ${type}`);
    const variables = await this.variables(tx, letter);
    const messages: string[] = [];
    for (const { channel, to } of channelsOf(method, found.person).reached) {
      messages.push(
        await this.outbox.enqueue(tx, {
          channel,
          purpose,
          to,
          language: found.person.language ?? letter.language,
          variables,
          domainId: found.domain.id,
          accountId: found.account.id,
          requestId: request.id,
        }),
      );
    }
    return { letter, messages };
  }

  /**
   * Tries a letter once after the commit and writes down how it went. One that nobody took leaves the request
   * `undelivered`, which the caller's code still opens (user-requests section 5).
   */
  async deliver({ letter, messages }: WrittenLetter): Promise<void> {
    const { request, creator, found, method } = letter;
    const outcomes = await this.outbox.deliverNow(messages);
    const failed = outcomes.every(({ state }) => state === 'failed');
    const detail = Object.fromEntries([
      ['method', method],
      ...outcomes.map(({ channel, state, reason }) => [channel, reason ? `${state}: ${reason}` : state] as const),
    ]);
    await this.database.transaction((tx) =>
      this.requests.settleDelivery(tx, request, failed ? 'undelivered' : 'sent', {
        actor: creator.label,
        clientAddress: creator.address ?? undefined,
        correlationId: creator.correlationId,
        domain: found.domain.name,
        target: found.person.dn,
        detail,
      }),
    );
  }

  private async variables(
    tx: Tx,
    { type, found, request, secret, creator }: RequestLetter,
  ): Promise<Record<string, string>> {
    const byAdministrator = creator.accountId !== null;
    const common = {
      USERNAME: found.person.login,
      DOMAIN: found.domain.name,
      FULLNAME: found.person.displayName,
      ADMIN: byAdministrator ? creator.label : '',
      ADDRESS: byAdministrator ? '' : (creator.address ?? ''),
    };
    if ('pin' in secret) {
      const expires = request.pinExpiresAt ?? request.expiresAt;
      return { ...common, PIN: secret.pin, ITEM: PIN_REASONS[type], EXPIRES: expires.toISOString() };
    }
    const { publicUrl } = await this.configuration.snapshotWithin(tx);
    if (!publicUrl) throw new DomainError('internal', { detail: 'no public URL is configured' });
    return {
      ...common,
      LINK: requestLink(publicUrl, request.number, secret.link),
      EXPIRES: request.expiresAt.toISOString(),
    };
  }
}
