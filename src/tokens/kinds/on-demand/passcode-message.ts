import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Person } from '../../../core/directory/directory.js';
import type { MessagePurpose, NewMessage } from '../../../delivery/outbox.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { Attempter } from '../../verification/attempter.js';
import type { PasscodeRoute } from './passcode-channels.js';

/** A passcode that was made, and for whom. */
export interface MadePasscode {
  readonly found: Attempter['found'];
  readonly person: Person;
  readonly route: PasscodeRoute;
  readonly passcode: PlainSecret;
  readonly challenge: TokenChallenge;
  readonly requestId?: string | undefined;
}

/** The message that takes a passcode to its person. */
export function passcodeMessage(
  purpose: Extract<MessagePurpose, 'one-time-passcode' | 'next-passcode'>,
  { found, person, route, passcode, challenge, requestId }: MadePasscode,
): NewMessage {
  return {
    channel: route.channel,
    purpose,
    to: route.to,
    language: person.language,
    variables: {
      USERNAME: person.login,
      DOMAIN: found.domain.name,
      FULLNAME: person.displayName,
      PASSCODE: passcode,
      EXPIRES: challenge.expires.toISOString(),
    },
    domainId: found.domain.id,
    accountId: found.account.id,
    requestId: requestId ?? null,
  };
}
