/**
 * States of a one-time request (manager-json-rpc section 8; user-requests section 5 adds `undelivered`; iam-rest section
 * 6 calls `created` "initial" and deletes what has ended, which is the business of its surface).
 *
 * ```
 * created --delivered or nothing to deliver--> sent --opened by a POST--> opened --done--> completed
 * created --every channel refused--> failed | undelivered (works all the same, by the caller's code)
 * created | sent | undelivered --deadline--> expired
 * opened --page session idle--> abandoned
 * any live state --newer request, administrator, person or password changed--> cancelled
 * any live state --too many attempts--> locked
 * ```
 */
export const TRANSITIONS = {
  created: ['sent', 'failed', 'undelivered', 'opened', 'completed', 'expired', 'cancelled', 'locked'],
  sent: ['opened', 'completed', 'expired', 'cancelled', 'locked'],
  undelivered: ['opened', 'completed', 'expired', 'cancelled', 'locked'],
  opened: ['completed', 'abandoned', 'expired', 'cancelled', 'locked'],
  completed: [],
  failed: [],
  expired: [],
  abandoned: [],
  cancelled: [],
  locked: [],
} as const satisfies Record<string, readonly string[]>;

export type RequestState = keyof typeof TRANSITIONS;

export const REQUEST_STATES = Object.keys(TRANSITIONS) as RequestState[];

/** States that a request never leaves; its secrets are erased on the way in. */
export const ENDED_STATES = REQUEST_STATES.filter((state) => TRANSITIONS[state].length === 0);

/** States in which the request can still be used. */
export const LIVE_STATES = REQUEST_STATES.filter((state) => TRANSITIONS[state].length > 0);

/** States in which the link has not been opened yet. */
export const UNOPENED_STATES = LIVE_STATES.filter((state) => state !== 'opened');

/** The states from which `to` can be reached: the guard of the statement that moves a request there. */
export function statesBefore(to: RequestState): RequestState[] {
  return REQUEST_STATES.filter((from) => (TRANSITIONS[from] as readonly RequestState[]).includes(to));
}
