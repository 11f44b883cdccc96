/**
 * What a person may have to prove between opening a request and what it allows, in the order in which they are asked:
 *
 * - `password`: the password they have now (manager-json-rpc section 10.1, *Require Password*; section 10.2 "asking the
 *   old password too")
 * - `second-factor`: one of their authenticators (section 10.2)
 */
export const REQUEST_STEPS = ['password', 'second-factor'] as const;
export type RequestStep = (typeof REQUEST_STEPS)[number];

/** What a request keeps of its steps. */
interface RequestSteps {
  readonly requiredSteps: readonly RequestStep[];
  readonly passedSteps: readonly RequestStep[];
}

/**
 * The steps that are still to be passed: those that were owed when the link was opened, and those that are now, whatever
 * has been switched on or off in between (attack classes 4 and 5).
 *
 * @param required what configuration and payload demand at this moment
 */
export function owedSteps(
  { requiredSteps, passedSteps }: RequestSteps,
  required: readonly RequestStep[],
): RequestStep[] {
  const demanded = new Set([...requiredSteps, ...required]);
  return REQUEST_STEPS.filter((step) => demanded.has(step) && !passedSteps.includes(step));
}
