import { integerSetting } from '../../settings/setting-types.js';
import type { Clock } from '../../time/clock.js';

export const lockAfter = integerSetting({
  name: 'lock_after',
  scope: 'domain',
  min: 0,
  max: 100,
  default: 5,
  meaning:
    'Consecutive failed password checks after which a person of the built-in directory is locked; 0 = never. Those ' +
    'from addresses that were never right for the person do not count, see `unfamiliar_attempts`. ' +
    'Other directories have their own rule. User requests, section 9, *Lock After*; NIST SP 800-63B section 5.2.2 caps it at 100.',
});

export const lockMinutes = integerSetting({
  name: 'lock_minutes',
  scope: 'domain',
  min: 0,
  max: 100_000,
  default: 30,
  meaning:
    'Minutes for which a person of the built-in directory stays locked; 0 = until unlocked. The default ends by itself, ' +
    'because a lock that does not is a weapon in the hands of whoever can guess wrongly. User requests, section 9, *Lock Minutes*.',
});

/** A lock that began at this moment or before is over; the beginning of time when locks do not end by themselves. */
export function lockEnd(minutes: number, clock: Clock): Date {
  return minutes === 0 ? new Date(0) : clock.in(-60 * minutes);
}
