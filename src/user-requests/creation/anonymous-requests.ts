import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { Orders } from '../../core/orders/orders.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import type { Client } from '../../core/web/clients.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { PURPOSES, type UserRequestPayload } from '../request-types.js';
import { ANONYMOUS_ORDER, type AnonymousOrder } from './anonymous-order.js';
import { CreationLimits } from './creation-limits.js';
import { publicRequests } from './creation-settings.js';
import { receiptText } from './receipt-text.js';
import { pinOf, validityOf } from './request-settings.js';
import type { Requested } from './requested.js';
import { nextStrangerNumber } from './stranger-numbers.js';

/** In place of what was typed for a name: it may be a password. */
const NOBODYS_NAME = '(unknown)';

/** The domains whose people anybody may ask for: not blocked, and with `public_requests`; the default domain first. */
export function publicDomains(snapshot: ConfigurationSnapshot): Domain[] {
  const open = snapshot.domains.filter(({ id, blocked }) => !blocked && snapshot.setting(publicRequests, id));
  const preferred = snapshot.defaultDomain === undefined ? undefined : snapshot.domain(snapshot.defaultDomain);
  return open.toSorted((a, b) => Number(b.id === preferred?.id) - Number(a.id === preferred?.id));
}

/**
 * Requests that anybody may make (user-requests section 3, "the anonymous trap").
 *
 * The call looks nobody up. It writes down a request of nobody, whose code is a receipt and whose PIN nobody knows, and an
 * order, both or neither; so its answer, its work and what its receipt shows later are the same for people known, unknown,
 * inactive and without an address, and beyond the limit (attack classes 45 and 46).
 */
@Injectable()
export class AnonymousRequests {
  constructor(
    private readonly configuration: Configuration,
    private readonly limits: CreationLimits,
    private readonly database: Database,
    private readonly requests: OneTimeRequests,
    private readonly orders: Orders,
  ) {}

  /** @throws OAuthProblem 401 `missing_token` where no domain has public requests */
  async requireOpen(): Promise<void> {
    const snapshot = await this.configuration.snapshot();
    if (publicDomains(snapshot).length === 0) throw new OAuthProblem('missing_token');
  }

  /**
   * @returns number and receipt
   * @throws ApiRefusal 503
   */
  async create({ type, name, withPin, language }: Requested, client: Client): Promise<string> {
    await this.limits.countAddress(client);
    const snapshot = await this.configuration.snapshot();
    const [domain] = publicDomains(snapshot);
    if (!domain) throw new OAuthProblem('missing_token');
    const { address, correlationId } = client;
    const created = await this.database.transaction(async (tx) => {
      const made = await this.requests.create(tx, {
        purpose: PURPOSES[type],
        number: await nextStrangerNumber(tx),
        domain,
        account: null,
        login: NOBODYS_NAME,
        creator: { label: 'anonymous', accountId: null, address, correlationId },
        validSeconds: validityOf(snapshot, type),
        deliveryMethod: 'NONE',
        receipt: 'only-a-receipt',
        ...(withPin && { pin: pinOf(snapshot) }),
        payload: { type, anonymous: true, withPin } satisfies UserRequestPayload,
      });
      await this.orders.write(tx, ANONYMOUS_ORDER, {
        type,
        name,
        requestId: made.request.id,
        number: made.request.number,
        withPin: withPin ? 'true' : 'false',
        address,
        correlationId,
        language: language ?? null,
      } satisfies AnonymousOrder);
      return made;
    });
    this.orders.beginSoon();
    return receiptText(created);
  }
}
