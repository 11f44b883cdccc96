import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { type Allowance, attemptAllowances } from '../../core/throttle/attempt-settings.js';
import type { GuardedAttempt } from '../../core/throttle/guarded-attempt.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import type { TokenRules } from '../../tokens/token-rules.js';

/**
 * Wrong passwords from one address. An agent that does not say where people come from asks for all of them from its own,
 * so that what bounds guessing are the allowances of each person.
 */
const PER_ADDRESS: ThrottleRule = { name: 'auth-password', limit: 900, window: 180 };

/** Where an attempt is counted. */
export interface AttemptPlace {
  readonly snapshot: ConfigurationSnapshot;
  /** See `passwordHolder`; undefined for nobody. */
  readonly person: string | undefined;
  /** Their login; for nobody what was typed for one. */
  readonly name: string;
  readonly domainId: string | undefined;
  readonly rules: TokenRules;
  readonly clientAddress: string;
}

/** An attempt at a password there, with what the lockout policy leaves of the allowances. */
export function attemptAt({ snapshot, domainId, rules, ...of }: AttemptPlace): GuardedAttempt {
  const { unfamiliar, familiar } = attemptAllowances(snapshot, domainId);
  const atMost = ({ limit, window }: Allowance): Allowance => ({ limit: Math.min(limit, rules.maxFailures), window });
  return {
    ...of,
    secret: 'password',
    allowances: { unfamiliar: atMost(unfamiliar), familiar: atMost(familiar) },
    perAddress: PER_ADDRESS,
  };
}
