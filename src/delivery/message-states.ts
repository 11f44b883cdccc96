/**
 * States of a message.
 *
 * ```
 * queued --claimed by one sender--> sending --accepted--> sent
 *                                   sending --refused for now--> queued --too often or too long--> failed
 *                                   sending --refused for good--> failed
 *                                   sending --sender vanished--> sending (claimed anew)
 * ```
 *
 * `failed` is the dead letter: the row stays with its reason, without its content.
 */
export const MESSAGE_STATES = ['queued', 'sending', 'sent', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** States that a message never leaves; its content is erased on the way in. */
export const ENDED_MESSAGE_STATES: readonly MessageState[] = ['sent', 'failed'];

/** Why an attempt did not get through. Part of the row and of the metrics; a fixed list, so that both stay countable. */
export const REFUSAL_CATEGORIES = [
  /** No mail account or SMS gateway is declared, or none is usable. */
  'not-configured',
  /** The address or number cannot be one. */
  'invalid-address',
  /** The relay or gateway refused this message for good. */
  'refused',
  /** The relay or gateway asked to come back later. */
  'deferred',
  /** The relay or gateway could not be reached. */
  'unreachable',
  /** Nobody answered in time. */
  'timeout',
  /** No trustworthy encrypted connection. */
  'tls',
  /** The relay did not accept our login. */
  'login',
  /** The text could not be made. */
  'template',
  /** A budget for SMS is used up, or the number is outside the allowed prefixes. */
  'budget',
  /** The link in it is not valid any more. */
  'withdrawn',
  /** Something else went wrong on our side. */
  'internal',
] as const;
export type RefusalCategory = (typeof REFUSAL_CATEGORIES)[number];
