import type { AuthCode } from '../../surfaces/auth-envelope/auth-codes.js';
import type { AuthenticatorCode } from '../applications/application.js';

/** What is wrong, in one word; the same in the answer of the method, in the tests and in the docs. */
export type ObstacleReason =
  | 'application-unknown'
  | 'no-realm'
  | 'domain-unknown'
  | 'domain-outside-realm'
  | 'person-unknown'
  | 'person-ambiguous'
  | 'directory-unavailable'
  | 'account-not-activated'
  | 'account-disabled'
  | 'account-expired'
  | 'blocked'
  | 'no-procedure'
  | 'address-denied'
  | FindingReason;

/** Why somebody cannot use an authenticator now. */
export type FindingReason =
  | 'locked'
  | 'no-password'
  | 'password-not-checked'
  | 'password-must-change'
  | 'password-guessed'
  | 'directory-lock'
  | 'approvals-off'
  | 'no-token'
  | 'token-disabled'
  | 'token-not-activated'
  | 'token-locked'
  | 'token-outside-validity'
  | 'token-spent'
  | 'token-out-of-sync'
  | 'no-channel'
  | 'no-address'
  | 'no-delivery-path'
  | 'delivery-failed';

/** The first reason why a person cannot log on, and what to do. No secret, and no address in full. */
export interface Obstacle {
  readonly reason: ObstacleReason;
  /** The code that an agent gets (authentication methods, section 3). */
  readonly code: AuthCode;
  /** What is wrong: one sentence. */
  readonly text: string;
  /** What to do about it: one sentence. */
  readonly advice: string;
}

/** What stands in the way of one authenticator; of tokens one finding each. */
export interface Finding {
  readonly authenticator: AuthenticatorCode;
  readonly reason: FindingReason;
  readonly code: AuthCode;
  readonly text: string;
  readonly advice: string;
}

/** A finding before it is said of which authenticator. */
export type Cause = Omit<Finding, 'authenticator'>;

/** A step that the person cannot pass with any of its authenticators. */
export interface StepObstacle extends Obstacle {
  /** From 1. */
  readonly step: number;
  readonly stepName: string;
  /** Why each authenticator of the step is of no use. */
  readonly findings: readonly Finding[];
}

/** An obstacle on the way, for whoever looks for the first one. */
export class ObstacleFound extends Error {
  override readonly name = 'ObstacleFound';

  constructor(readonly obstacle: Obstacle | StepObstacle) {
    super(obstacle.reason);
  }
}

export function obstacle(reason: ObstacleReason, code: AuthCode, text: string, advice: string): ObstacleFound {
  return new ObstacleFound({ reason, code, text, advice });
}
