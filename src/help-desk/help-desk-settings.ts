import { integerSetting } from '../core/settings/setting-types.js';

export const managerMessagesPerHour = integerSetting({
  name: 'manager_messages_per_hour',
  scope: 'server',
  min: 1,
  max: 100_000,
  default: 60,
  meaning:
    'Mails and SMS of their own that one administrator may send in an hour with `Send_Mail` and `Send_SMS`; the next ' +
    'call answers `false`. The budgets for SMS hold besides. Manager JSON-RPC, section 12.',
});
