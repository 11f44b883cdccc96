import type { Person } from '../../core/directory/directory.js';
import type { DeliveryMethod } from '../../core/requests/one-time-request.entity.js';
import type { Channel } from '../outbox.js';

const CHANNELS: Readonly<Record<DeliveryMethod, readonly Channel[]>> = {
  MAIL: ['MAIL'],
  SMS: ['SMS'],
  MAILSMS: ['MAIL', 'SMS'],
  NONE: [],
};

/** The channels of a method, with the person's address on each; addresses come from the directory only (attack 14). */
export function channelsOf(
  method: DeliveryMethod,
  person: Person,
): { reached: { channel: Channel; to: string }[]; missing: Channel[] } {
  const wanted = CHANNELS[method].map((channel) => ({ channel, to: channel === 'MAIL' ? person.mail : person.mobile }));
  return {
    reached: wanted.flatMap(({ channel, to }) => (to ? [{ channel, to }] : [])),
    missing: wanted.flatMap(({ channel, to }) => (to ? [] : [channel])),
  };
}
