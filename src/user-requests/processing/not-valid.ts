import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import type { RequestState } from '../../core/requests/request-states.js';

/** Why a request was not processed: the closed list of user-requests section 4. */
export const NOT_VALID_WORDS = [
  'NOT_FOUND',
  'EXPIRED',
  'CANCELLED',
  'WRONG_PIN',
  'PIN_REQUIRED',
  'TOO_MANY_ATTEMPTS',
  'USER_INACTIVE',
  'DELIVERED_BY_MAIL',
] as const;
export type NotValidWord = (typeof NOT_VALID_WORDS)[number];

/** The answer to a script. */
export function notValid(word: NotValidWord): string {
  return `NOT_VALID;${word}`;
}

/** How a request ended, for whoever has shown the right code; one that was used is unknown from then on. */
const ENDS: Readonly<Record<RequestState, NotValidWord>> = {
  // Alive by their state, so it was the deadline.
  created: 'EXPIRED',
  sent: 'EXPIRED',
  undelivered: 'EXPIRED',
  opened: 'EXPIRED',
  expired: 'EXPIRED',
  abandoned: 'EXPIRED',
  cancelled: 'CANCELLED',
  locked: 'TOO_MANY_ATTEMPTS',
  completed: 'NOT_FOUND',
  failed: 'NOT_FOUND',
};

export function wordOfEnd({ state }: Pick<OneTimeRequest, 'state'>): NotValidWord {
  return ENDS[state];
}
