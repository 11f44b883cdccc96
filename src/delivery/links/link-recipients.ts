import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
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

/** Step 12 of the common validation order (manager-json-rpc section 4), for every method that sends a link. */
@Injectable()
export class LinkRecipients {
  constructor(private readonly configuration: Configuration) {}

  /** @throws DomainError `unknown-word`, `value-out-of-range` */
  async planFor(found: FoundPerson, wish: Omit<LinkWish, 'username' | 'domain'>): Promise<LinkPlan> {
    const snapshot = await this.configuration.snapshot();
    return {
      found,
      method: deliveryMethod(wish.method) ?? snapshot.setting(linkDeliveryMode, found.domain.id),
      hours: hours(wish.expires) ?? snapshot.setting(linkExpirationHours, found.domain.id),
      comments: comments(wish.comments),
    };
  }
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
