import type { ConfigurationSnapshot } from '../domains/configuration-snapshot.js';
import { integerSetting } from '../settings/setting-types.js';
import type { ThrottleRule } from './throttle-rule.js';

export const unfamiliarAttempts = integerSetting({
  name: 'unfamiliar_attempts',
  scope: 'domain',
  min: 1,
  max: 100,
  default: 3,
  meaning:
    'Wrong passwords for one person that are looked at in `unfamiliar_minutes`, from all addresses together that were ' +
    'never right for this person in the last 30 days. Keep it below the number at which the directory locks, so that ' +
    'strangers cannot lock anybody out; NIST SP 800-63B section 5.2.2 caps it at 100.',
});

export const unfamiliarMinutes = integerSetting({
  name: 'unfamiliar_minutes',
  scope: 'domain',
  min: 1,
  max: 1_440,
  default: 30,
  meaning:
    'Minutes in which `unfamiliar_attempts` are looked at. Not shorter than the time after which the directory forgets ' +
    'a failed attempt.',
});

/** How many attempts at one person's secret are looked at, and in how many seconds. */
export type Allowance = Omit<ThrottleRule, 'name'>;

/** What strangers have together, and what each address has that was right for the person before. */
export interface Allowances {
  readonly unfamiliar: Allowance;
  readonly familiar: Allowance;
}

/** Attempts that an address has for itself: more than a person needs, and what the directory allows still holds. */
const FAMILIAR_ATTEMPTS = 10;

/** The allowances in a domain; those of the server where there is none. */
export function attemptAllowances(snapshot: ConfigurationSnapshot, domainId: string | undefined): Allowances {
  const window = snapshot.setting(unfamiliarMinutes, domainId) * 60;
  return {
    unfamiliar: { limit: snapshot.setting(unfamiliarAttempts, domainId), window },
    familiar: { limit: FAMILIAR_ATTEMPTS, window },
  };
}
