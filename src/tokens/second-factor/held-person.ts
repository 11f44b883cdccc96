import { type HeldRequest, personAt } from '../../core/requests/request-sessions.js';
import type { Client } from '../../core/web/clients.js';
import type { AttemptContext } from '../verification/attempts.js';

/** Who tries, and in the course of what, for the audit. */
export function contextOf(held: HeldRequest, client: Client): AttemptContext {
  return { ...personAt(held, client), requestId: held.request.id };
}

/** Whom challenges of this link are given to; nobody else may answer them. */
export function boundTo({ request }: HeldRequest): string {
  return `request ${request.id}`;
}
