import { STANDING, sufficesForLogon } from '../../tokens/second-factor.js';
import type { AuthenticatorCode, LogonStep } from '../applications/application.js';
import { CHALLENGED_METHODS } from '../credentials/credential-methods.js';
import type { Credential } from '../credentials/credential.js';

/** Where a logon stands. */
export interface LogonProgress {
  /** The step that is owed now. */
  readonly step: LogonStep;
  /** Its number, from 1. */
  readonly number: number;
  /** Steps that are owed at all. */
  readonly count: number;
  /** Whether nothing is owed behind it. */
  readonly last: boolean;
}

/**
 * What is owed next, of the steps as they are required now: nothing of it is kept between two calls, so that a stricter
 * policy holds for logons under way as well (attack class 37). The last one is owed again where all have been passed.
 *
 * @param required at least one
 */
export function progressOf(required: readonly LogonStep[], passed: readonly string[]): LogonProgress {
  const owed = required.filter(({ id }) => !passed.includes(id));
  const step = owed[0] ?? required.at(-1);
  if (!step) throw new Error('no step is required');
  return { step, number: required.indexOf(step) + 1, count: required.length, last: owed.length <= 1 };
}

/**
 * What may be presented in a step. The static password may not where the step does not have it checked; and what never
 * suffices for a logon may not where it would be all of one (authentication methods, section 6.12).
 */
export function allowedIn({ step, last }: LogonProgress, shown: readonly AuthenticatorCode[]): AuthenticatorCode[] {
  return step.authenticators.filter(
    (code) => (code !== 'SPASS' || step.checkStaticPassword) && (!last || sufficesForLogon([...shown, code])),
  );
}

/**
 * Whether a whole logon says so much about who it is that failures with other authenticators are forgotten by it. One that
 * took a single authenticator, or none that is a second factor, does not: whoever knows a password, or holds a token, would
 * be given new guesses at all the rest by each logon to an application that asks for no more (attack class 27).
 */
export function clearsOthers(shown: readonly AuthenticatorCode[]): boolean {
  return new Set(shown).size > 1 && shown.some((code) => code !== 'SPASS' && STANDING[code].secondFactor);
}

/** Whether a credential has to name a challenge and does not. */
export function lacksChallenge(method: AuthenticatorCode, { cc }: Pick<Credential, 'cc'>): boolean {
  return cc === undefined && CHALLENGED_METHODS.some((code) => code === method);
}
