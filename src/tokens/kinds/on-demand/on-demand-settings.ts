import { integerSetting, objectSetting } from '../../../core/settings/setting-types.js';
import type { Setting, SettingScope } from '../../../core/settings/setting.js';
import type { Channel } from '../../../delivery/outbox.js';

const CHANNELS = ['SMS', 'MAIL'] as const satisfies readonly Channel[];

export const passcodeDigits = integerSetting({
  name: 'passcode_digits',
  scope: 'domain',
  min: 6,
  max: 10,
  default: 6,
  meaning: 'Digits of a passcode that is sent to a person. Authentication methods, section 6.7.',
});

export const passcodeSeconds = integerSetting({
  name: 'passcode_seconds',
  scope: 'domain',
  min: 60,
  max: 600,
  default: 300,
  meaning:
    'Seconds for which a passcode that was sent works; ten minutes at most (NIST SP 800-63B, section 5.1.3.2). ' +
    'Authentication methods, section 6.7.',
});

export const passcodeResendSeconds = integerSetting({
  name: 'passcode_resend_seconds',
  scope: 'domain',
  min: 30,
  max: 600,
  default: 30,
  meaning:
    'Seconds after which another passcode may be sent to the same person; five in a quarter of an hour at most. ' +
    'Authentication methods, section 6.7.',
});

export const passcodeChannels = channelsSetting({
  name: 'passcode_channels',
  scope: 'domain',
  default: ['SMS', 'MAIL'],
  meaning:
    'Channels by which passcodes are sent for a log-on, the preferred one first; empty = none are sent. NIST SP 800-63B, ' +
    'section 5.1.3, rules mail out for authentication and restricts the telephone network: leave only `SMS`, or none, ' +
    'where that matters.',
});

export const secondFactorChannels = channelsSetting({
  name: 'second_factor_passcode_channels',
  scope: 'domain',
  default: ['SMS'],
  meaning:
    'Channels by which a passcode is sent as the second factor of a password reset, the preferred one first; empty = a ' +
    'passcode that is sent is no second factor. `MAIL` is left out, because the link itself mostly came by mail: whoever ' +
    'reads a person’s mail would have both.',
});

/** A list of channels, each once. */
function channelsSetting(declaration: {
  readonly name: string;
  readonly scope: SettingScope;
  readonly default: readonly Channel[];
  readonly meaning: string;
}): Setting<readonly Channel[]> {
  return objectSetting({
    ...declaration,
    values: `a list of ${CHANNELS.join(', ')}`,
    parse: (value) => {
      if (!Array.isArray(value)) return undefined;
      const channels = value.map((entry) => CHANNELS.find((channel) => channel === entry));
      const known = channels.every((channel) => channel !== undefined);
      return known && new Set(channels).size === channels.length ? channels : undefined;
    },
  });
}
