import { integerSetting, textsSetting, wordSetting } from '../../core/settings/setting-types.js';

export const pushRequestSeconds = integerSetting({
  name: 'push_request_seconds',
  scope: 'domain',
  min: 10,
  max: 300,
  default: 60,
  meaning:
    'Seconds that a person has to answer a request on a push device, unless a policy gives `requestTimeoutSeconds`. Authentication methods, section 4.6.',
});

/**
 * Whether an approval needs the number that whoever signs in is shown:
 *
 * - `OFF`: never;
 * - `WHEN_SHOWN`: where the caller shows one;
 * - `REQUIRED`: always; a caller who shows none is refused.
 */
const NUMBER_MATCHES = ['OFF', 'WHEN_SHOWN', 'REQUIRED'] as const;

export const pushNumberMatch = wordSetting({
  name: 'push_number_match',
  scope: 'domain',
  words: NUMBER_MATCHES,
  default: 'WHEN_SHOWN',
  meaning:
    'Whether a person enters the number that is shown where they sign in before they approve on a push device: never, ' +
    'where the application shows one, or always, and then an application that shows none is refused. Authentication ' +
    'methods, section 6.11.',
});

export const pushUnansweredLimit = integerSetting({
  name: 'push_unanswered_limit',
  scope: 'domain',
  min: 1,
  max: 20,
  default: 3,
  meaning:
    'Requests to a person’s push devices in a row without an approval, after which no more are sent for a while, so that ' +
    'nobody is worn down by them.',
});

export const pushPauseMinutes = integerSetting({
  name: 'push_pause_minutes',
  scope: 'domain',
  min: 1,
  max: 1_440,
  default: 15,
  meaning: 'Minutes for which requests without an approval count towards `push_unanswered_limit`.',
});

export const pushServices = textsSetting({
  name: 'push_services',
  scope: 'server',
  default: ['fcm.googleapis.com', 'updates.push.services.mozilla.com', '*.push.apple.com', '*.notify.windows.com'],
  meaning:
    'Host names of the push services through which devices may be woken; `*.` in front of one allows every name below it. ' +
    'A device that names another one is refused.',
});
