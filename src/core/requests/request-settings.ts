import { integerSetting, wordSetting } from '../settings/setting-types.js';
import { DELIVERY_METHODS, type DeliveryMethod } from './one-time-request.entity.js';

export const linkDeliveryMode = wordSetting<DeliveryMethod>({
  name: 'link_delivery_mode',
  scope: 'domain',
  words: DELIVERY_METHODS,
  default: 'MAIL',
  meaning:
    'How a link reaches the person when the caller does not say: by mail, by SMS, by both, or not at all ' +
    '(`NONE`: the caller passes it on). Manager JSON-RPC, section 11, *Link Delivery Mode*.',
});

export const linkExpirationHours = integerSetting({
  name: 'link_expiration_hours',
  scope: 'domain',
  min: 1,
  max: 720,
  default: 24,
  meaning:
    'Hours for which a link works when the caller does not say. Manager JSON-RPC, section 11, *Link Expiration*.',
});

export const sendsPerPersonPerHour = integerSetting({
  name: 'link_sends_per_person_per_hour',
  scope: 'domain',
  min: 1,
  max: 10_000,
  default: 5,
  meaning:
    'How many links of one kind may be made for one person in an hour; the next call answers `false`. ' +
    'Manager JSON-RPC, section 13.',
});

export const requestRetentionDays = integerSetting({
  name: 'request_retention_days',
  scope: 'server',
  min: 1,
  max: 3_650,
  default: 90,
  meaning: 'Days for which ended requests are kept for the record, without their secrets. Manager JSON-RPC, section 8.',
});

export const pageSessionIdleMinutes = integerSetting({
  name: 'page_session_idle_minutes',
  scope: 'server',
  min: 1,
  max: 120,
  default: 15,
  meaning:
    'Minutes without a step after which an opened link cannot be gone on with. Manager JSON-RPC, section 8 (`abandoned`).',
});
