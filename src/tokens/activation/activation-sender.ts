import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { WireChannel } from '../../core/policies/channel-names.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import { type Channel, type MessagePurpose, Outbox } from '../../delivery/outbox.js';
import { type PasscodeRoute, routesOf } from '../kinds/on-demand/passcode-channels.js';
import type { HeldToken } from '../token-store.js';
import type { AttemptContext } from '../verification/attempts.js';
import { CHANNEL_OF } from '../wire-channels.js';
import type { ActivationPurpose } from './activation-code.entity.js';
import { ActivationCodes, type CodeTarget } from './activation-codes.js';
import type { ActivationCodeRules } from './activation-rules.js';
import { activationPage } from './activation-settings.js';

/** A code to be sent to whom a token was assigned. */
export interface ActivationOrder {
  readonly found: FoundPerson;
  readonly held: HeldToken;
  readonly purpose: ActivationPurpose;
  readonly rules: ActivationCodeRules;
  readonly snapshot: ConfigurationSnapshot;
  /** That of the rules when absent. */
  readonly channel?: WireChannel | undefined;
  /** Address of the page where the code is used; that of the setting `activation_page` when absent. */
  readonly page?: string | undefined;
  /** For the audit. */
  readonly context: AttemptContext;
}

/** A code that is on its way. */
export interface SentCode {
  readonly channel: Channel;
  /** Masked, e.g. `+352…001`. */
  readonly recipient: string;
  readonly expiresAt: Date | null;
}

const MESSAGES: Readonly<Record<ActivationPurpose, MessagePurpose>> = {
  activation: 'activation-code',
  authorisation: 'authorisation-code',
};

/** How often a person is sent codes, as passcodes are (authentication methods, section 6.7). */
const SPACING: ThrottleRule = { name: 'activation-code-spacing', limit: 1, window: 30 };
const SENDS: ThrottleRule = { name: 'activation-code-sends', limit: 5, window: 900 };

/** Sends activation and authorisation codes. A code that works is sent again as it is, and never gets more time. */
@Injectable()
export class ActivationSender {
  constructor(
    private readonly codes: ActivationCodes,
    private readonly accounts: Accounts,
    private readonly throttle: Throttle,
    private readonly outbox: Outbox,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /**
   * Not inside a transaction.
   *
   * @throws DomainError `channel-not-allowed`, `no-address`, `passcode-sent-recently` with `retryAfter` seconds,
   *   `delivery-failed`
   */
  async send(order: ActivationOrder): Promise<SentCode> {
    const route = this.route(order);
    await this.space(order);
    const { expiresAt, messageId } = await this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, order.found.account.id);
      return this.enqueue(tx, order, route);
    });
    const [outcome] = await this.outbox.deliverNow([messageId]);
    if (outcome?.state === 'failed') {
      await this.record(this.database.manager, order, route, outcome.reason ?? 'refused');
      throw new DomainError('delivery-failed');
    }
    return { channel: route.channel, recipient: route.recipient, expiresAt };
  }

  /**
   * Where the person would be sent a code.
   *
   * @throws DomainError `channel-not-allowed`, `no-address`
   */
  route({ found, rules, channel = rules.channel }: ActivationOrder): PasscodeRoute {
    const wanted = CHANNEL_OF[channel];
    if (!wanted) throw new DomainError('channel-not-allowed');
    const [route] = routesOf(found.person, [wanted]);
    if (!route) throw new DomainError('no-address');
    return route;
  }

  /** Writes the message in `tx`, in which the account is locked. */
  async enqueue(
    tx: Tx,
    order: ActivationOrder,
    route: PasscodeRoute,
  ): Promise<{ readonly expiresAt: Date | null; readonly messageId: string }> {
    const { code, expiresAt } = await this.codes.issue(tx, targetOf(order), order.rules);
    await this.record(tx, order, route);
    return { expiresAt, messageId: await this.message(tx, order, route, code, expiresAt) };
  }

  /** As {@link enqueue}; that the person cannot be reached is written down. @returns whether a message was written */
  async enqueueOrRecord(tx: Tx, order: ActivationOrder): Promise<boolean> {
    try {
      await this.enqueue(tx, order, this.route(order));
      return true;
    } catch (error) {
      if (!DomainError.is(error, 'no-address', 'channel-not-allowed')) throw error;
      await this.audit.record(tx, {
        ...order.context,
        event: `${order.purpose}-code.not-sent`,
        outcome: 'failed',
        code: error.code,
        accountId: order.found.account.id,
        detail: { serial: order.held.token.serial },
      });
      return false;
    }
  }

  private message(
    tx: Tx,
    { found, held, purpose, snapshot, page }: ActivationOrder,
    route: PasscodeRoute,
    code: PlainSecret,
    expiresAt: Date | null,
  ): Promise<string> {
    const { person, domain, account } = found;
    return this.outbox.enqueue(tx, {
      channel: route.channel,
      purpose: MESSAGES[purpose],
      to: route.to,
      language: person.language,
      variables: {
        USERNAME: person.login,
        DOMAIN: domain.name,
        FULLNAME: person.displayName,
        ITEM: held.token.serial,
        PASSCODE: code,
        PAGE: page ?? snapshot.setting(activationPage, domain.id),
        ...(expiresAt && { EXPIRES: expiresAt.toISOString() }),
      },
      domainId: domain.id,
      accountId: account.id,
      requestId: null,
    });
  }

  /** One that comes too soon does not use up what the person may be sent in a while. */
  private async space({ found, held }: ActivationOrder): Promise<void> {
    const { id } = found.account;
    const spaced = await this.throttle.hit(SPACING, `${id} ${held.assignment.id}`);
    const { allowed, retryAfter } = spaced.allowed ? await this.throttle.hit(SENDS, id) : spaced;
    if (!allowed) throw new DomainError('passcode-sent-recently', { params: { retryAfter } });
  }

  private record(
    tx: Tx,
    { found, held, purpose, context }: ActivationOrder,
    { channel, recipient }: PasscodeRoute,
    reason?: string,
  ): Promise<void> {
    return this.audit.record(tx, {
      ...context,
      event: `${purpose}-code.${reason === undefined ? 'sent' : 'not-delivered'}`,
      outcome: reason === undefined ? 'success' : 'failed',
      ...(reason !== undefined && { code: 'delivery-failed' as const }),
      accountId: found.account.id,
      detail: {
        ...context.detail,
        serial: held.token.serial,
        channel,
        recipient,
        ...(reason !== undefined && { reason }),
      },
    });
  }
}

/** Whose code an order is about. */
export function targetOf({ held, purpose }: Pick<ActivationOrder, 'held' | 'purpose'>): CodeTarget {
  return { assignmentId: held.assignment.id, purpose };
}
