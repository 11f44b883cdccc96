import { booleanSetting, objectSetting } from '../core/settings/setting-types.js';
import { type Application, APPLICATIONS, type Choice, CHOICES } from './items.js';

const ALL_CHOICES = Object.keys(CHOICES) as Choice[];

export const requirePassword = booleanSetting({
  name: 'selfreg_require_password',
  scope: 'domain',
  default: true,
  meaning:
    'Whether the person types the password of the directory after an enrolment link was opened, so that a link alone ' +
    'enrols nothing. Manager JSON-RPC, section 11, *Require Password*.',
});

export const allowedItems = wordsSetting<Choice>(
  'selfreg_allowed_items',
  ALL_CHOICES,
  'What people may enrol by link. Manager JSON-RPC, section 11, *Allowed Items*.',
);

export const allowedApplications = wordsSetting<Application>(
  'selfreg_allowed_applications',
  APPLICATIONS,
  'Applications that people may enrol for by link. Manager JSON-RPC, section 11, *Allowed Applications*.',
);

/** Some of a closed list of words; all of them by default. */
function wordsSetting<Word extends string>(name: string, words: readonly Word[], meaning: string) {
  return objectSetting<readonly Word[]>({
    name,
    scope: 'domain',
    default: words,
    values: `a list of ${words.join(', ')}`,
    meaning,
    parse: (value) =>
      Array.isArray(value) && value.every((entry) => words.includes(entry as Word)) ? (value as Word[]) : undefined,
  });
}
