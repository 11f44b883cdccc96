import { Injectable } from '@nestjs/common';
import { Administrators } from '../../core/administrators/administrators.js';
import type { AuthenticatedManager } from '../../core/administrators/manager-login.js';
import { mayReach, reachesEverybody } from '../../core/administrators/rights.js';
import { type FoundPerson, People, requireUsable } from '../../core/directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { DELIVERY_METHODS, type DeliveryMethod } from '../../core/requests/one-time-request.entity.js';
import { linkDeliveryMode, linkExpirationHours } from '../../core/requests/request-settings.js';

/** What a caller says of a link; what is absent comes from settings. */
export interface LinkWish {
  readonly username: string;
  readonly domain: string | undefined;
  readonly method: string | undefined;
  /** Hours. */
  readonly expires: number | undefined;
  readonly comments: string | undefined;
}

/** The wish made definite: for whom, how, for how long. */
export interface LinkPlan {
  readonly found: FoundPerson;
  readonly method: DeliveryMethod;
  readonly hours: number;
  readonly comments: string | undefined;
}

const LONGEST_COMMENTS = 1_000;
const MAX_HOURS = 720;

/** Steps 6 and 9 to 12 of the common validation order (manager-json-rpc section 4), for every method that sends a link. */
@Injectable()
export class LinkRecipients {
  constructor(
    private readonly people: People,
    private readonly administrators: Administrators,
    private readonly configuration: Configuration,
  ) {}

  /**
   * @throws DomainError `access-denied`, `domain-missing`, `domain-not-found`, `account-not-found`, `account-ambiguous`,
   *   `account-not-activated`, `account-disabled`, `account-expired`, `unknown-word`, `value-out-of-range`
   */
  async plan(caller: AuthenticatedManager, wish: LinkWish): Promise<LinkPlan> {
    const snapshot = await this.configuration.snapshot();
    const found = await this.find(snapshot, caller, wish);
    requireUsable(found);
    return {
      found,
      method: deliveryMethod(wish.method) ?? snapshot.setting(linkDeliveryMode, found.domain.id),
      hours: hours(wish.expires) ?? snapshot.setting(linkExpirationHours, found.domain.id),
      comments: comments(wish.comments),
    };
  }

  private async find(
    snapshot: ConfigurationSnapshot,
    caller: AuthenticatedManager,
    { domain: name, username }: LinkWish,
  ): Promise<FoundPerson> {
    // Another domain is out of reach before it is looked up, so that its existence is not told either.
    const wanted = name ?? snapshot.defaultDomain;
    const reachable = wanted === undefined || mayReachDomain(caller, snapshot.domain(wanted)?.id);
    if (!reachable) throw new DomainError('access-denied');
    const found = await this.people.byLogin(this.people.domain(snapshot, name), username);
    const role = reachesEverybody(caller.role) ? undefined : await this.administrators.standingOf(found);
    if (!mayReach(caller, { domainId: found.domain.id, role })) throw new DomainError('access-denied');
    return found;
  }
}

function mayReachDomain(caller: AuthenticatedManager, domainId: string | undefined): boolean {
  return caller.role === 'global-admin' || caller.domainId === domainId;
}

function deliveryMethod(word: string | undefined): DeliveryMethod | undefined {
  if (word === undefined) return undefined;
  // Lower case, because upper case makes an `S` of other letters too (U+017F).
  const method = DELIVERY_METHODS.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (!method) throw new DomainError('unknown-word', { params: { parameter: 'method' } });
  return method;
}

function hours(expires: number | undefined): number | undefined {
  if (expires !== undefined && (expires < 1 || expires > MAX_HOURS)) {
    throw new DomainError('value-out-of-range', { params: { parameter: 'expires', min: 1, max: MAX_HOURS } });
  }
  return expires;
}

/** Line breaks stay, other control characters go. */
function comments(text: string | undefined): string | undefined {
  const clean = text?.replace(/(?![\n\t])\p{Cc}/gu, '').trim();
  if (clean && Array.from(clean).length > LONGEST_COMMENTS) {
    throw new DomainError('value-out-of-range', { params: { parameter: 'comments', max: LONGEST_COMMENTS } });
  }
  return clean || undefined;
}
