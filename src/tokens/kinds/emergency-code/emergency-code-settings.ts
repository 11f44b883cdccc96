import { integerSetting } from '../../../core/settings/setting-types.js';

export const emergencyCodeDays = integerSetting({
  name: 'emergency_code_days',
  scope: 'domain',
  min: 1,
  max: 90,
  default: 7,
  meaning:
    'Days for which an emergency code works when whoever makes it does not say. Authentication methods, section 6.12.',
});
