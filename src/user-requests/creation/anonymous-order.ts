import type { OrderContent } from '../../core/orders/orders.js';
import type { RequestType } from '../request-types.js';

/** Names the order that {@link AnonymousOrder} is. */
export const ANONYMOUS_ORDER = 'anonymous-user-request';

/** What a stranger asked for: whom it concerns is looked up after the answer. */
export type AnonymousOrder = {
  readonly type: RequestType;
  /** The name in the path, as it was sent. */
  readonly name: string;
  /** Id and number of the request whose receipt the stranger holds. */
  readonly requestId: string;
  readonly number: string;
  /** `true` when the person gets a PIN, and that request is the one it completes. */
  readonly withPin: 'true' | 'false';
  readonly address: string;
  readonly correlationId: string;
  readonly language: string | null;
} & OrderContent;
