import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../core/database/database.js';
import type { Account } from '../../core/directory/account.entity.js';
import { Accounts } from '../../core/directory/accounts.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { ContactChanges } from '../../core/requests/contact-changes.js';
import type { NewRequest, RequestCreator } from '../../core/requests/new-request.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import type { CreatedRequest } from '../../core/requests/request-creation.js';
import { RequestAttachment } from '../../core/requests/request-attachment.js';
import { PURPOSES, type UserRequestPayload } from '../request-types.js';
import { CreationLimits } from './creation-limits.js';
import { mailLoginLinks } from './creation-settings.js';
import { receiptText } from './receipt-text.js';
import { isPublicType } from './request-form.js';
import { type DeliveredSecret, deliveryMethodFor, RequestLetters, type WrittenLetter } from './request-letters.js';
import { pinOf, validityOf } from './request-settings.js';
import type { RequestingAdministrator } from './request-targets.js';
import type { Requested } from './requested.js';

/** A request that may be made. */
export interface AllowedRequest {
  readonly requested: Requested;
  readonly caller: RequestingAdministrator;
  readonly found: FoundPerson;
  /** Whether the returned code opens the request by itself, or with the PIN. */
  readonly receiptOpens: boolean;
  /** The person is made together with the request. */
  readonly activates?: boolean;
}

/** A request in its transaction, and its letter, which is tried after the commit. */
export interface WrittenRequest {
  readonly created: CreatedRequest;
  readonly letter: WrittenLetter | undefined;
}

/** Writes what administrators ask for: the request and its letter in one transaction (user-requests section 3). */
@Injectable()
export class RequestWriting {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly contacts: ContactChanges,
    private readonly requests: OneTimeRequests,
    private readonly attachment: RequestAttachment,
    private readonly letters: RequestLetters,
    private readonly limits: CreationLimits,
  ) {}

  /**
   * @returns number and code, once the letter was tried
   * @throws ApiRefusal 503 where the person may be sent no further PIN
   */
  async write(snapshot: ConfigurationSnapshot, allowed: AllowedRequest): Promise<string> {
    if (allowed.requested.withPin) await this.limits.requirePinRoom(allowed.found.account.id);
    return this.settle(await this.written(snapshot, allowed));
  }

  /** Tries the letter after the commit. Whatever becomes of it, the caller's code is good. */
  async settle({ created, letter }: WrittenRequest): Promise<string> {
    if (letter) await this.letters.deliver(letter);
    return receiptText(created);
  }

  /** Writes a request in the transaction that locked the account, or has just made it. */
  async writeIn(
    tx: Tx,
    snapshot: ConfigurationSnapshot,
    allowed: AllowedRequest,
    account: Account,
  ): Promise<WrittenRequest> {
    const { requested, found, caller } = allowed;
    const method = this.method(snapshot, allowed);
    const creator = creatorOf(caller);
    const created = await this.requests.create(tx, newRequest(snapshot, allowed, { account, method, creator }));
    const secret: DeliveredSecret = created.pin === undefined ? { link: created.link } : { pin: created.pin };
    const { type, language } = requested;
    const letter =
      method === 'NONE'
        ? undefined
        : await this.letters.write(tx, { type, found, request: created.request, secret, method, creator, language });
    return { created, letter };
  }

  private async written(snapshot: ConfigurationSnapshot, allowed: AllowedRequest): Promise<WrittenRequest> {
    const { found, requested, caller } = allowed;
    const purpose = PURPOSES[requested.type];
    // Nothing of the account changes and nothing else ends: one statement, which is a transaction by itself. A password
    // that changes at this moment leaves the request behind with the older credential generation.
    if (purpose.supersedes === false && this.method(snapshot, allowed) === 'NONE') {
      return this.writeIn(this.database.manager, snapshot, allowed, found.account);
    }
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      const { correlationId } = caller;
      if (isPublicType(requested.type)) {
        await this.attachment.detach(tx, account, purpose, {
          actor: 'system',
          correlationId,
          domain: found.domain.name,
        });
      }
      await this.contacts.settle(tx, account, found);
      return this.writeIn(tx, snapshot, allowed, account);
    });
  }

  /** Nobody is mailed of logging in, unless with a PIN or where the domain wishes it. */
  private method(snapshot: ConfigurationSnapshot, { requested: { type, withPin }, found }: AllowedRequest) {
    const silent =
      !withPin &&
      (type === 'LOGIN_UNATTENDED' || (type === 'LOGIN' && !snapshot.setting(mailLoginLinks, found.domain.id)));
    return silent ? 'NONE' : deliveryMethodFor(snapshot, found);
  }
}

function creatorOf({ label, accountId, clientAddress, correlationId }: RequestingAdministrator): RequestCreator {
  return { label, accountId, address: clientAddress, correlationId };
}

function newRequest(
  snapshot: ConfigurationSnapshot,
  { requested, found, receiptOpens, activates }: AllowedRequest,
  { account, method, creator }: { account: Account; method: NewRequest['deliveryMethod']; creator: RequestCreator },
): NewRequest {
  const { type, withPin, custom } = requested;
  const payload: UserRequestPayload = {
    type,
    anonymous: false,
    withPin,
    ...custom,
    ...(activates && { activates }),
  };
  return {
    purpose: PURPOSES[type],
    domain: found.domain,
    account,
    login: found.person.login,
    target: found.person.dn,
    passwordChangedAt: found.person.passwordChangedAt,
    creator,
    validSeconds: validityOf(snapshot, type),
    deliveryMethod: method,
    receipt: receiptOpens ? 'opens' : 'only-a-receipt',
    ...(withPin && { pin: pinOf(snapshot) }),
    payload: { ...payload },
  };
}
