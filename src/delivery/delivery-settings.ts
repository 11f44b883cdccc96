import { integerSetting, objectSetting, textSetting, textsSetting } from '../core/settings/setting-types.js';

export const firstTrySeconds = integerSetting({
  name: 'delivery_first_try_seconds',
  scope: 'server',
  min: 1,
  max: 60,
  default: 5,
  meaning:
    'Seconds that a call waits for the first attempt at its message. An attempt that takes longer goes on in the ' +
    'background, and the call answers as if the message were delivered later. Manager JSON-RPC, section 9.',
});

export const retryFirstSeconds = integerSetting({
  name: 'delivery_retry_first_seconds',
  scope: 'server',
  min: 1,
  max: 3_600,
  default: 30,
  meaning:
    'Seconds after the first attempt that a relay or gateway refused for the time being; each further wait is twice ' +
    'as long, up to an hour, give or take a quarter.',
});

export const retryAttempts = integerSetting({
  name: 'delivery_attempts',
  scope: 'server',
  min: 1,
  max: 100,
  default: 20,
  meaning: 'Attempts after which a message is given up and kept as a dead letter.',
});

export const retryHours = integerSetting({
  name: 'delivery_retry_hours',
  scope: 'server',
  min: 1,
  max: 120,
  default: 24,
  meaning: 'Hours after which a message is given up and kept as a dead letter, however few the attempts were.',
});

export const smsPerRecipientPerHour = integerSetting({
  name: 'sms_per_recipient_per_hour',
  scope: 'server',
  min: 1,
  max: 10_000,
  default: 10,
  meaning: 'SMS that one number may be sent in an hour; more are not sent and raise an audit event.',
});

export const smsPerDay = integerSetting({
  name: 'sms_per_day',
  scope: 'server',
  min: 1,
  max: 100_000_000,
  default: 5_000,
  meaning: 'SMS that may be sent in a day altogether; more are not sent and raise an audit event.',
});

export const smsAllowedPrefixes = textsSetting({
  name: 'sms_allowed_prefixes',
  scope: 'server',
  default: [],
  meaning:
    'Beginnings of telephone numbers that may be sent SMS, e.g. `+352`; others are refused. Empty means any number.',
});

export const timeZone = objectSetting<string>({
  name: 'time_zone',
  scope: 'domain',
  default: 'UTC',
  values: 'an IANA time zone such as Europe/Luxembourg',
  meaning: 'Time zone in which messages give times. The zone is named beside the time.',
  parse: (value) => (typeof value === 'string' && isTimeZone(value) ? value : undefined),
});

export const organisationName = textSetting({
  name: 'organisation_name',
  scope: 'domain',
  maxLength: 100,
  default: '',
  meaning: 'Name under which people know who writes to them; empty means the name of the domain.',
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
