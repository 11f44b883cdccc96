import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import type { RequestFlow } from '../../core/requests/request-sessions.js';

/** The second factor of somebody who is signed in. Several live beside each other: one a browser. */
export const accountSecondFactor: RequestPurpose = {
  name: 'account-second-factor',
  attemptLimit: 5,
  supersedes: false,
};

export const secondFactorFlow: RequestFlow = {
  purpose: accountSecondFactor,
  required: () => ['second-factor'],
};

/** What such a request keeps. */
export interface SecondFactorPayload {
  /** The session that it was made in, and counts for. */
  readonly session: string;
  /** Path to lead on to. */
  readonly to: string;
}

export function secondFactorPayload({ payload }: { readonly payload: Record<string, unknown> }): SecondFactorPayload {
  return payload as unknown as SecondFactorPayload;
}
