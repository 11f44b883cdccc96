/** What a person may decide about a request on their device. */
export const PUSH_DECISIONS = ['approve', 'deny'] as const;
export type PushDecision = (typeof PUSH_DECISIONS)[number];

/** What a device asks for in its own name. */
export const DEVICE_ACTIONS = ['look', 'subscribe'] as const;
export type DeviceAction = (typeof DEVICE_ACTIONS)[number];

/** An answer to a request, as far as it is signed. */
export interface SignedAnswer {
  readonly requestId: string;
  readonly decision: PushDecision;
  /** What the person entered; absent where no number is to be matched, and from every "deny". */
  readonly number: string | undefined;
  /** The application as the device was shown it. */
  readonly application: string;
}

/**
 * What a device signs to be enrolled. It names its own key, so that nobody passes off a signature of somebody else's
 * device; the first line keeps it apart from everything else that a device signs.
 */
export function registrationText(challenge: string, keyThumbprint: string): string {
  return `latchkey push registration v1\n${challenge}\n${keyThumbprint}`;
}

/**
 * What a device signs to answer a request (authentication methods, section 6.11): bound to the request by its id, which
 * nobody can guess, to the decision, so that no "deny" becomes an "approve", and to the number and the application that
 * the person saw. No part but the last can hold a line break.
 */
export function answerText({ requestId, decision, number, application }: SignedAnswer): string {
  return `latchkey push answer v1\n${requestId}\n${decision}\n${number ?? '-'}\n${application}`;
}

/**
 * What a device signs to be recognised: a nonce of the server, good for one use, what it asks for, and the digest of
 * what it sends along.
 */
export function deviceText(action: DeviceAction, nonce: string, keyThumbprint: string, digest = '-'): string {
  return `latchkey push device v1\n${action}\n${nonce}\n${keyThumbprint}\n${digest}`;
}
