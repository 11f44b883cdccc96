import { integerSetting } from '../../../core/settings/setting-types.js';

export const appKeyDays = integerSetting({
  name: 'app_key_days',
  scope: 'domain',
  min: 1,
  max: 365,
  default: 365,
  meaning:
    'Days for which an application password works when whoever makes it does not say. Manager JSON-RPC, section 10.1.',
});
