import type { NewAuditEvent } from '../core/audit/audit.js';
import type { FoundPerson } from '../core/directory/people.js';

/** A new password for one person, as the audit tells of it: whose, who sets it, where from and by which request. */
export interface PasswordTask {
  readonly found: FoundPerson;
  /** First part of the names of its audit events, e.g. `password-reset`. */
  readonly event: string;
  /** `person`, or `DOMAIN\login` of the administrator who sets it for them. */
  readonly actor: string;
  readonly client: { readonly address: string; readonly correlationId?: string };
  /** The one-time request that allows it; absent when none is needed. */
  readonly requestId?: string;
}

/** The audit row of one step. */
export function passwordAuditEvent(
  { found: { domain, account, person, directory }, event, actor, client, requestId }: PasswordTask,
  step: 'completed' | 'not-completed' | 'password-refused',
  result: Pick<NewAuditEvent, 'outcome' | 'code'>,
): NewAuditEvent {
  return {
    event: `${event}.${step}`,
    ...result,
    actor,
    clientAddress: client.address,
    domain: domain.name,
    accountId: account.id,
    target: person.dn,
    requestId,
    correlationId: client.correlationId,
    detail: { directory: directory.kind },
  };
}
