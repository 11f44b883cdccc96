import { Injectable } from '@nestjs/common';
import { Audit } from '../../../core/audit/audit.js';
import { Database, type Tx } from '../../../core/database/database.js';
import { type FoundPerson, People, requireUsable } from '../../../core/directory/people.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { type Channel, Outbox } from '../../../delivery/outbox.js';
import { type TokenRules, tokenRules } from '../../token-rules.js';
import type { Attempter } from '../../verification/attempter.js';
import { TokenlessAttempts } from '../../verification/tokenless-attempts.js';
import { allowedChannels, type PasscodeRoute, type PasscodeUse, routesOf } from './passcode-channels.js';
import { PasscodeCreation } from './passcode-creation.js';
import { passcodeMessage } from './passcode-message.js';

/** For whom and for what a passcode may be sent. */
export interface PasscodeWish {
  readonly found: Attempter['found'];
  readonly use: PasscodeUse;
  /** The rules in force for the person, where they are known; those of the domain otherwise. */
  readonly rules?: TokenRules | undefined;
  /** Channels that prove nothing more, e.g. the one by which the link came. */
  readonly except?: readonly Channel[];
}

/** A passcode to be sent. */
export interface PasscodeOrder extends PasscodeWish, Attempter {
  readonly found: Attempter['found'];
  /** Who will type it, e.g. `request <id>`. */
  readonly boundTo: string;
  /** The first allowed one on which the person has an address, when absent. */
  readonly channel?: Channel | undefined;
  readonly requestId?: string | undefined;
  /** The person's token that it is sent for, where there is one. */
  readonly tokenId?: string | undefined;
}

/** A passcode that is on its way. */
export interface SentPasscode {
  readonly challengeId: string;
  readonly channel: Channel;
  /** Masked, e.g. `+352…001`. */
  readonly recipient: string;
  readonly expires: Date;
  /** Seconds until another one may be asked for. */
  readonly resendSeconds: number;
}

/** Passcodes that are sent to people when they need one (authentication methods, section 6.7). No token is needed. */
@Injectable()
export class OnDemandPasscodes {
  constructor(
    private readonly people: People,
    private readonly configuration: Configuration,
    private readonly attempts: TokenlessAttempts,
    private readonly creation: PasscodeCreation,
    private readonly outbox: Outbox,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** The ways by which the person can be sent one now, the preferred one first; empty when there is none. */
  async routes({ found, use, except, rules }: PasscodeWish): Promise<PasscodeRoute[]> {
    const snapshot = await this.configuration.snapshot();
    const { id } = found.domain;
    const { onDemand } = rules ?? tokenRules(snapshot, id);
    const channels = allowedChannels(snapshot, id, use, onDemand, except);
    return channels.length === 0 ? [] : routesOf((await this.lookUp(found)).person, channels);
  }

  /**
   * Sends one, and voids the one before. The address is read from the directory now, and never given by a caller.
   *
   * @throws DomainError `channel-not-allowed`, `no-address`, `passcode-sent-recently` with `retryAfter` seconds,
   *   `authenticator-locked`, `delivery-failed`; `account-not-found` and those of `requireUsable`
   */
  async send(order: PasscodeOrder): Promise<SentPasscode> {
    const { domain, account } = order.found;
    const snapshot = await this.configuration.snapshot();
    const rules = order.rules ?? tokenRules(snapshot, domain.id);
    const { onDemand } = rules;
    const channels = wanted(allowedChannels(snapshot, domain.id, order.use, onDemand, order.except), order.channel);
    const { person } = await this.lookUp(order.found);
    const [route] = routesOf(person, channels);
    if (!route) throw new DomainError('no-address');
    if (await this.attempts.locked({ accountId: account.id, authenticator: 'OTPoD', rules, context: order.context })) {
      throw new DomainError('authenticator-locked');
    }
    const { digits, seconds, resendSeconds } = onDemand;
    const { challenge, messageId } = await this.database.transaction(async (tx) => {
      const { passcode, challenge } = await this.creation.create(tx, {
        accountId: account.id,
        boundTo: order.boundTo,
        tokenId: order.tokenId,
        route,
        digits,
        seconds,
        resendSeconds,
      });
      await this.record(tx, order, route);
      const message = passcodeMessage('one-time-passcode', { ...order, person, route, passcode, challenge });
      return { challenge, messageId: await this.outbox.enqueue(tx, message) };
    });
    await this.deliver(order, route, messageId);
    const { channel, recipient } = route;
    return { challengeId: challenge.id, channel, recipient, expires: challenge.expires, resendSeconds };
  }

  private async lookUp({ domain, account }: Attempter['found']): Promise<FoundPerson> {
    const found = await this.people.byAccount(domain, account);
    if (!found) throw new DomainError('account-not-found', { params: { domain: domain.name, login: account.login } });
    requireUsable(found);
    return found;
  }

  /** @throws DomainError `delivery-failed` when the next hop refused for good; the passcode is void then */
  private async deliver(order: PasscodeOrder, route: PasscodeRoute, messageId: string): Promise<void> {
    const outcomes = await this.outbox.deliverNow([messageId]);
    const failed = outcomes.find(({ state }) => state === 'failed');
    if (!failed) return;
    await this.database.transaction(async (tx) => {
      await this.creation.withdraw(tx, order.found.account.id, order.boundTo);
      await this.record(tx, order, route, failed.reason ?? 'refused');
    });
    throw new DomainError('delivery-failed');
  }

  private record(tx: Tx, { found, requestId, context }: PasscodeOrder, route: PasscodeRoute, reason?: string) {
    const { channel, recipient } = route;
    return this.audit.record(tx, {
      ...context,
      event: reason === undefined ? 'passcode.sent' : 'passcode.not-delivered',
      outcome: reason === undefined ? 'success' : 'failed',
      ...(reason !== undefined && { code: 'delivery-failed' as const }),
      accountId: found.account.id,
      requestId: requestId ?? context.requestId,
      detail: { channel, recipient, ...(reason !== undefined && { reason }) },
    });
  }
}

/** @throws DomainError `channel-not-allowed` */
function wanted(allowed: readonly Channel[], channel: Channel | undefined): readonly Channel[] {
  if (allowed.length === 0 || (channel !== undefined && !allowed.includes(channel))) {
    throw new DomainError('channel-not-allowed');
  }
  return channel === undefined ? allowed : [channel];
}
