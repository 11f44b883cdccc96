import { integerSetting } from '../core/settings/setting-types.js';

export const stepUpMinutes = integerSetting({
  name: 'account_step_up_minutes',
  scope: 'domain',
  min: 1,
  max: 60,
  default: 10,
  meaning:
    'Minutes for which somebody who is signed in may change their authenticators and their password at `/account` after ' +
    'they have proved who they are; then they are asked again.',
});
