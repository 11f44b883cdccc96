import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { mayUse, type Right } from '../core/administrators/rights.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { OAuthCaller } from '../surfaces/oauth1/oauth-caller.js';

/** The caller as an administrator; undefined for somebody without a role. */
export function administratorOf({ found, role, client }: OAuthCaller): AdministratorCaller | undefined {
  if (role === undefined) return undefined;
  return {
    label: `${found.domain.name}\\${found.person.login}`,
    accountId: found.account.id,
    domainId: found.domain.id,
    role,
    clientAddress: client.address,
    correlationId: client.correlationId,
  };
}

/** As {@link administratorOf}, with a right. @throws DomainError `access-denied` */
export function requireAdministrator(caller: OAuthCaller, right: Right): AdministratorCaller {
  const administrator = administratorOf(caller);
  if (!administrator || !mayUse(administrator.role, right)) throw new DomainError('access-denied');
  return administrator;
}
