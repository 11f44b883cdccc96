import type { ConfigurationSnapshot } from '../core/domains/configuration.js';
import { integerSetting } from '../core/settings/setting-types.js';

export const sessionIdleMinutes = integerSetting({
  name: 'session_idle_minutes',
  scope: 'server',
  min: 1,
  max: 43_200,
  default: 30,
  meaning: 'Minutes without a call after which the session of a person who logged in is over. IAM REST, section 2.',
});

export const sessionHours = integerSetting({
  name: 'session_hours',
  scope: 'server',
  min: 1,
  max: 8_760,
  default: 24,
  meaning: 'Hours after which the session of a person who logged in is over, however much it is used.',
});

export const sessionsPerPerson = integerSetting({
  name: 'sessions_per_person',
  scope: 'server',
  min: 1,
  max: 1_000,
  default: 10,
  meaning: 'Sessions that one person may have; another log-in ends the one not used for longest. IAM REST, section 2.',
});

/** Lifetimes of sessions in seconds, and how many a person may have. */
export interface SessionLimits {
  readonly idle: number;
  readonly whole: number;
  readonly perPerson: number;
}

export function sessionLimits(snapshot: ConfigurationSnapshot): SessionLimits {
  return {
    idle: snapshot.setting(sessionIdleMinutes) * 60,
    whole: snapshot.setting(sessionHours) * 3_600,
    perPerson: snapshot.setting(sessionsPerPerson),
  };
}
