import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { SELF_SERVICE } from '../../core/policies/categories/self-service.js';
import { selfServiceAllows } from '../../core/policies/self-service.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { type OpenedRequest, personAt } from '../../core/requests/request-sessions.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import type { Client } from '../../core/web/clients.js';
import type { EnrolmentHolder } from '../../tokens/enrolment/enrolment-holder.js';
import { ownEnrolment } from '../../tokens/enrolment/enrolment-link.js';
import { type HeldToken, TokenStore } from '../../tokens/token-store.js';
import { offeredChoices, offeredSlots } from '../enrolment-offer.js';
import type { Choice, EnrolmentScope } from '../items.js';
import { EnrolmentRequests } from './enrolment-requests.js';

/** A place for an authenticator, and what fills it now. */
export interface OfferedSlot {
  readonly slot: string;
  readonly filled: HeldToken | undefined;
}

/** What one choice on the page comes to. */
export interface Offer {
  readonly choice: Choice;
  readonly slots: readonly OfferedSlot[];
}

/** An opened enrolment link with everything that its pages need to know. */
export interface EnrolmentSession {
  readonly opened: OpenedRequest;
  readonly scope: EnrolmentScope;
  readonly offers: readonly Offer[];
}

/** What was stored. */
export interface Stored<T> {
  readonly result: T;
  /** Whether the link is used up with it. */
  readonly completed: boolean;
}

/** Things stored through one link: each sends the person a message, so nobody is to be flooded with them (attack class 67). */
const STORED: ThrottleRule = { name: 'stored-through-link', limit: 30, window: 7_200 };

/** The page session of an enrolment link: what it offers, and the step that stores something. */
@Injectable()
export class EnrolmentSessions {
  constructor(
    private readonly enrolments: EnrolmentRequests,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly tokens: TokenStore,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly throttle: Throttle,
  ) {}

  /** The session with this secret; undefined when it is over. */
  async resume(session: string): Promise<EnrolmentSession | undefined> {
    const opened = await this.enrolments.resume(session);
    if (!opened) return undefined;
    const { domain, account } = opened.found;
    const snapshot = await this.configuration.snapshot();
    const scope = scopeOf(opened.request);
    const held = await this.tokens.ofAccount(this.database.manager, account.id);
    const choices = offeredChoices(snapshot, domain.id, scope);
    const allowed = (await mayChoosePin(snapshot, opened)) ? choices : choices.filter((choice) => choice !== 'PINCode');
    const offers = allowed.map((choice) => ({
      choice,
      slots: offeredSlots(snapshot, domain.id, choice, scope).map((slot) => ({
        slot,
        filled: held.find(({ assignment }) => assignment.slot === slot),
      })),
    }));
    return { opened, scope, offers };
  }

  /** What the person has begun and not proved yet, newest first; they may go on with it until the link's session ends. */
  pending({ opened }: EnrolmentSession): Promise<HeldToken[]> {
    return this.tokens.pendingOf(this.database.manager, opened.request.id);
  }

  /** Begins something that has to be proved. */
  begin(work: (tx: Tx) => Promise<HeldToken>): Promise<HeldToken> {
    return this.database.transaction(work);
  }

  /**
   * Stores something in one transaction. When the link asked for one item, this completes it there: two submissions of
   * one link make one authenticator (attack class 7).
   *
   * @param work what stores it
   * @throws DomainError `page-session-ended` when the request is over, or another submission is storing something;
   *   `too-many-attempts` with `retryAfter` seconds after thirty; and what `work` throws
   */
  async store<T>(
    { opened, scope }: EnrolmentSession,
    client: Client,
    work: (tx: Tx) => Promise<T>,
  ): Promise<Stored<T>> {
    const completed = scope.item !== undefined;
    await this.throttle.require(STORED, opened.request.id);
    return this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, opened.found.account.id);
      const stands = await this.enrolments.stands(tx, opened);
      const claimed = stands && (await this.requests.claim(tx, opened.request, { required: opened.required }));
      if (!claimed) throw new DomainError('page-session-ended');
      const result = await work(tx);
      if (completed) await this.requests.complete(tx, claimed, personAt(opened, client));
      else await this.requests.release(tx, claimed);
      return { result, completed };
    });
  }

  /** The person has enough: the link is used up. */
  async finish({ opened }: EnrolmentSession, client: Client): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, opened.found.account.id);
      const claimed = await this.requests.claim(tx, opened.request, { required: opened.required });
      if (claimed) await this.requests.complete(tx, claimed, personAt(opened, client));
    });
  }
}

/** What an administrator sends a link for is theirs to decide; people who came by themselves are held to the policy. */
async function mayChoosePin(snapshot: ConfigurationSnapshot, { request, found }: OpenedRequest): Promise<boolean> {
  return ownEnrolment(request) === undefined || selfServiceAllows(snapshot, found, SELF_SERVICE.changePin);
}

/** For whom something is enrolled through an opened link. */
export function holderOf(opened: OpenedRequest, client: Client): EnrolmentHolder {
  return { found: opened.found, requestId: opened.request.id, context: personAt(opened, client) };
}

/** What {@link enrolmentScope} read when the link was made. */
export function scopeOf({ payload }: OneTimeRequest): EnrolmentScope {
  const { application, item } = payload as Partial<EnrolmentScope>;
  return { application, item };
}
