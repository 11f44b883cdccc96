import { Injectable } from '@nestjs/common';
import { Audit, type NewAuditEvent } from '../audit/audit.js';
import type { Tx } from '../database/database.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import type { RequestActor } from './request-actor.js';

type Manner = Pick<NewAuditEvent, 'outcome' | 'code'>;

/** Everything that happens to a request, and how the audit takes it. */
const EVENTS = {
  created: { outcome: 'success' },
  attached: { outcome: 'success' },
  detached: { outcome: 'success' },
  sent: { outcome: 'success' },
  undelivered: { outcome: 'failed', code: 'delivery-failed' },
  failed: { outcome: 'failed', code: 'delivery-failed' },
  opened: { outcome: 'success' },
  'attempt-refused': { outcome: 'refused', code: 'credentials-invalid' },
  'step-passed': { outcome: 'success' },
  completed: { outcome: 'success' },
  expired: { outcome: 'success' },
  abandoned: { outcome: 'success' },
  cancelled: { outcome: 'success' },
  locked: { outcome: 'refused', code: 'too-many-attempts' },
} as const satisfies Record<string, Manner>;

export type RequestEvent = keyof typeof EVENTS;

/**
 * The audit rows of requests, `<purpose>.<event>`. The core writes one for every transition itself, in the transaction
 * of the transition, so that no surface can forget it (manager-json-rpc section 13).
 */
@Injectable()
export class RequestAudit {
  constructor(private readonly audit: Audit) {}

  async record(tx: Tx, request: OneTimeRequest, event: RequestEvent, by: RequestActor): Promise<void> {
    await this.audit.record(tx, requestEvent(request, event, by));
  }
}

/** The audit row of something that happened to a request; an end says why it came. */
export function requestEvent(
  {
    id,
    purpose,
    accountId,
    login,
    endReason,
  }: Pick<OneTimeRequest, 'id' | 'purpose' | 'accountId' | 'login' | 'endReason'>,
  event: RequestEvent,
  { detail, target = login, ...by }: RequestActor,
): NewAuditEvent {
  const reason = event === 'cancelled' ? { reason: endReason } : undefined;
  return {
    event: `${purpose}.${event}`,
    ...(EVENTS[event] satisfies Manner),
    ...by,
    accountId,
    target,
    requestId: id,
    ...((detail ?? reason) && { detail: { ...detail, ...reason } }),
  };
}
