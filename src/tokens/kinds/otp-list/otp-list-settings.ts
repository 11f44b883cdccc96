import { integerSetting, wordSetting } from '../../../core/settings/setting-types.js';

/** How a list is asked. It is written into the list when it is made. */
export const LIST_ORDERS = ['IN_ORDER', 'BY_NUMBER'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

export const otpListOrder = wordSetting<ListOrder>({
  name: 'otp_list_order',
  scope: 'domain',
  words: LIST_ORDERS,
  default: 'IN_ORDER',
  meaning:
    'How new lists of one-time passwords are asked: `IN_ORDER`, the next one each time, wherever a one-time password is ' +
    'asked; or `BY_NUMBER`, any unused one whose number the challenge names, so that somebody who has copied a few does ' +
    'not know which will be asked.',
});

export const otpListLowCount = integerSetting({
  name: 'otp_list_low_count',
  scope: 'domain',
  min: 0,
  max: 250,
  default: 5,
  meaning: 'One-time passwords left on a list from which on its owner is reminded to make a new one; 0 = never.',
});

export const otpListChallengeSeconds = integerSetting({
  name: 'otp_list_challenge_seconds',
  scope: 'domain',
  min: 30,
  max: 3_600,
  default: 300,
  meaning: 'Seconds for which the number asked of a list of one-time passwords may be answered.',
});
