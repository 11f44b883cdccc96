import type { RequestCreator } from '../../core/requests/new-request.js';
import type { RequestActor } from '../../core/requests/request-actor.js';
import type { Client } from '../../core/web/clients.js';

/** A stranger who asks for a request. */
export function anonymousCreator({ address, correlationId }: Client): RequestCreator {
  return { label: 'anonymous', accountId: null, address, correlationId };
}

/** Whoever holds the secret of a request. */
export function holderOf({ address, correlationId }: Client, domain: string | undefined): RequestActor {
  return { actor: 'person', clientAddress: address, correlationId, domain };
}
