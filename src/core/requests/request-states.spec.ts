import { describe, expect, it } from 'vitest';
import {
  ENDED_STATES,
  LIVE_STATES,
  REQUEST_STATES,
  type RequestState,
  statesBefore,
  TRANSITIONS,
  UNOPENED_STATES,
} from './request-states.js';

/** Manager JSON-RPC section 8, with `undelivered` of user requests section 5: every step there is, and no other. */
const STEPS: Readonly<Record<RequestState, readonly RequestState[]>> = {
  created: [],
  sent: ['created'],
  undelivered: ['created'],
  opened: ['created', 'sent', 'undelivered'],
  completed: ['created', 'sent', 'undelivered', 'opened'],
  failed: ['created'],
  expired: ['created', 'sent', 'undelivered', 'opened'],
  abandoned: ['opened'],
  cancelled: ['created', 'sent', 'undelivered', 'opened'],
  locked: ['created', 'sent', 'undelivered', 'opened'],
};

describe('the states of a one-time request', () => {
  it.each(REQUEST_STATES)('reach %s from where the contract says, and from nowhere else', (state) => {
    expect(statesBefore(state)).toEqual(STEPS[state]);
  });

  it('are alive or ended, never both', () => {
    expect([...LIVE_STATES, ...ENDED_STATES].sort()).toEqual([...REQUEST_STATES].sort());
    expect(ENDED_STATES).toEqual(['completed', 'failed', 'expired', 'abandoned', 'cancelled', 'locked']);
    expect(UNOPENED_STATES).toEqual(['created', 'sent', 'undelivered']);
  });

  it('attack 6: never leave an end', () => {
    for (const ended of ENDED_STATES) expect(TRANSITIONS[ended]).toEqual([]);
  });

  it('can all end', () => {
    for (const alive of LIVE_STATES) {
      const next: readonly RequestState[] = TRANSITIONS[alive];
      expect(next.some((state) => ENDED_STATES.includes(state))).toBe(true);
    }
  });

  it('never come back to one that was left', () => {
    function reachable(from: RequestState): RequestState[] {
      const next: readonly RequestState[] = TRANSITIONS[from];
      return [...next, ...next.flatMap(reachable)];
    }
    for (const state of REQUEST_STATES) expect(reachable(state)).not.toContain(state);
  });
});
