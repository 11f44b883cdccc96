import type { NewAuditEvent } from '../core/audit/audit.js';
import type { FoundPerson } from '../core/directory/people.js';
import type { RequestActor } from '../core/requests/request-actor.js';

/** A new password for one person, as the audit tells of it: whose, who sets it, where from and by which request. */
export interface PasswordTask {
  readonly found: FoundPerson;
  /** First part of the names of its audit events, e.g. `password-reset`. */
  readonly event: string;
  /** `person`, or `DOMAIN\login` of the administrator who sets it for them. */
  readonly actor: string;
  readonly client: { readonly address: string | undefined; readonly correlationId?: string };
  /** The one-time request that allows it; absent when none is needed. */
  readonly requestId?: string;
}

/** Who sets it and for whom, as the audit says it. */
export function actorOf({ found: { domain, person, directory }, actor, client }: PasswordTask): RequestActor {
  return {
    actor,
    clientAddress: client.address,
    correlationId: client.correlationId,
    domain: domain.name,
    target: person.dn,
    detail: { directory: directory.kind },
  };
}

/** The audit row of one step. */
export function passwordAuditEvent(
  task: PasswordTask,
  step: 'completed' | 'not-completed' | 'password-refused',
  result: Pick<NewAuditEvent, 'outcome' | 'code'>,
): NewAuditEvent {
  const { found, event, requestId } = task;
  return { event: `${event}.${step}`, ...result, ...actorOf(task), accountId: found.account.id, requestId };
}
