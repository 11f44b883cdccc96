import type { FoundPerson } from '../core/directory/people.js';
import type { NewMessage } from '../delivery/outbox.js';

/**
 * The message that tells a person that their password was changed: by mail where they have an address, else by SMS;
 * none for a person who can be reached by neither.
 */
export function passwordChangedNotice(
  { domain, account, person }: FoundPerson,
  change: { readonly at: Date; readonly address: string; readonly requestId: string },
): NewMessage | undefined {
  const to = person.mail ?? person.mobile;
  if (!to) return undefined;
  return {
    channel: person.mail ? 'MAIL' : 'SMS',
    to,
    purpose: 'password-changed',
    language: person.language,
    variables: {
      USERNAME: person.login,
      DOMAIN: domain.name,
      FULLNAME: person.displayName,
      TIME: change.at.toISOString(),
      ADDRESS: change.address,
    },
    domainId: domain.id,
    accountId: account.id,
    requestId: change.requestId,
  };
}
