import type { NewAuditEvent } from '../audit/audit.js';
import type { FoundPerson } from '../directory/people.js';
import type { AdministratorCaller } from './administrator-caller.js';

/** Who did something to whom, for the audit of an administrator's act. */
export function auditedCall(
  { label, clientAddress, correlationId }: AdministratorCaller,
  { domain, account, person }: FoundPerson,
): Pick<NewAuditEvent, 'actor' | 'clientAddress' | 'correlationId' | 'domain' | 'accountId' | 'target'> {
  return {
    actor: label,
    clientAddress,
    correlationId,
    domain: domain.name,
    accountId: account.id,
    target: person.dn,
  };
}
