import { integerSetting } from '../../../core/settings/setting-types.js';

export const pushSlots = integerSetting({
  name: 'push_slots',
  scope: 'domain',
  min: 1,
  max: 10,
  default: 3,
  meaning: 'Devices for out-of-band authentication that a person may have.',
});
