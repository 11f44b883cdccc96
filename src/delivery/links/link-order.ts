import type { FoundPerson } from '../../core/directory/people.js';
import type { DeliveryMethod, OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import type { RequestCreator } from '../../core/requests/new-request.js';
import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import type { MessagePurpose } from '../outbox.js';

/** A one-time link to be made for a person and delivered to them. */
export interface LinkOrder {
  readonly purpose: RequestPurpose;
  /** Path of the page that the link opens, e.g. `/webapps/pwreset/`. */
  readonly path: string;
  readonly message: MessagePurpose;
  readonly found: FoundPerson;
  /** The login as the caller wrote it. */
  readonly login: string;
  readonly method: DeliveryMethod;
  /** Hours for which the link works. */
  readonly hours: number;
  readonly comments: string | undefined;
  readonly secondFactor: boolean;
  readonly payload: Record<string, unknown>;
  readonly creator: RequestCreator;
  readonly correlationId: string;
}

/** A link that is on its way. The URL holds the secret: it goes to the caller and nowhere else. */
export interface SentLink {
  readonly url: string;
  readonly request: OneTimeRequest;
}
