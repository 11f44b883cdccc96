import type { WireChannel } from '../core/policies/channel-names.js';
import type { Channel } from '../delivery/outbox.js';

/** Channels that there are, by their names on the wire (authentication methods, section 6.7); on others nothing is sent. */
export const CHANNEL_OF: Readonly<Partial<Record<WireChannel, Channel>>> = { SMS: 'SMS', SMTP: 'MAIL' };

/** The names of channels on the wire. */
export const WIRE_NAME_OF: Readonly<Record<Channel, WireChannel>> = { SMS: 'SMS', MAIL: 'SMTP' };
