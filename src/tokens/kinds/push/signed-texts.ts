/** What a person may decide about a request on their device. */
export const PUSH_DECISIONS = ['approve', 'deny'] as const;
export type PushDecision = (typeof PUSH_DECISIONS)[number];

/**
 * What a device signs to be enrolled. It names its own key, so that nobody passes off a signature of somebody else's
 * device; the first line keeps it apart from answers.
 */
export function registrationText(challenge: string, keyThumbprint: string): string {
  return `latchkey push registration v1\n${challenge}\n${keyThumbprint}`;
}

/**
 * What a device signs to answer a request (authentication methods, section 6.11): bound to the request by its id and its
 * challenge, and to the decision, so that no "deny" becomes an "approve".
 */
export function answerText(requestId: string, challenge: string, decision: PushDecision): string {
  return `latchkey push answer v1\n${requestId}\n${challenge}\n${decision}`;
}
