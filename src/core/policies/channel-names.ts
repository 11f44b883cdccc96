/** Channels of messages, as the wire spells them (authentication methods, section 6.7). */
export const WIRE_CHANNELS = ['SMS', 'SMTP', 'TWITTER', 'TELEPHONE'] as const;
export type WireChannel = (typeof WIRE_CHANNELS)[number];
