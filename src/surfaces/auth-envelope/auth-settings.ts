import { booleanSetting } from '../../core/settings/setting-types.js';

export const tolerantJson = booleanSetting({
  name: 'auth_tolerant_json',
  scope: 'server',
  default: false,
  meaning:
    'Whether requests of the authentication methods may hold what JSON does not have: comments, names without ' +
    'quotation marks, a comma behind the last member. Answers are strict JSON in any case. Authentication methods, ' +
    'section 1.1.',
});
