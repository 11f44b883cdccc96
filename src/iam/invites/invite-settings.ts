import { integerSetting } from '../../core/settings/setting-types.js';

export const inviteTtl = integerSetting({
  name: 'invite_ttl',
  scope: 'server',
  min: 60,
  max: 2_592_000,
  default: 259_200,
  meaning: 'Seconds for which the link of an invitation works. IAM REST, sections 5 and 7.',
});
