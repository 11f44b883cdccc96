import { wordSetting } from '../../core/settings/setting-types.js';

export const sessionCookie = wordSetting({
  name: 'session_cookie',
  scope: 'server',
  words: ['EraSession', 'RSession'],
  default: 'EraSession',
  meaning: 'Name of the session cookie of the IAM REST surface. IAM REST, section 2.',
});
