import type { NewMessage } from '../delivery/outbox.js';
import type { PasswordTask } from './password-task.js';

/**
 * The message that tells a person that their password was changed: by mail where they have an address, else by SMS;
 * none for a person who can be reached by neither.
 */
export function passwordChangedNotice(
  { found: { domain, account, person }, client, requestId }: PasswordTask,
  at: Date,
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
      TIME: at.toISOString(),
      ADDRESS: client.address ?? '–',
    },
    domainId: domain.id,
    accountId: account.id,
    requestId: requestId ?? null,
  };
}
