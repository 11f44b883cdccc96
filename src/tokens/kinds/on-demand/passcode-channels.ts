import type { Person } from '../../../core/directory/directory.js';
import type { ConfigurationSnapshot } from '../../../core/domains/configuration-snapshot.js';
import type { Setting } from '../../../core/settings/setting.js';
import { maskedRecipient } from '../../../delivery/masked-recipient.js';
import type { Channel } from '../../../delivery/outbox.js';
import { passcodeChannels, secondFactorChannels } from './on-demand-settings.js';

/** What a passcode is sent for: a log-on, or the second factor beside a link. */
export type PasscodeUse = 'logon' | 'second-factor';

const SETTINGS: Readonly<Record<PasscodeUse, Setting<readonly Channel[]>>> = {
  logon: passcodeChannels,
  'second-factor': secondFactorChannels,
};

/** A way by which a person can be sent a passcode. */
export interface PasscodeRoute {
  readonly channel: Channel;
  /** As the directory has it at this moment (attack class 14). */
  readonly to: string;
  /** For showing, e.g. `+352…001`. */
  readonly recipient: string;
}

/**
 * The channels that are allowed, in the order of the setting.
 *
 * @param except channels that prove nothing more, e.g. the one by which the link came
 */
export function allowedChannels(
  snapshot: ConfigurationSnapshot,
  domainId: string,
  use: PasscodeUse,
  except: readonly Channel[] = [],
): readonly Channel[] {
  return snapshot.setting(SETTINGS[use], domainId).filter((channel) => !except.includes(channel));
}

/** Those of the channels on which the person has an address. */
export function routesOf(person: Person, channels: readonly Channel[]): PasscodeRoute[] {
  return channels.flatMap((channel) => {
    const to = channel === 'MAIL' ? person.mail : person.mobile;
    return to ? [{ channel, to, recipient: maskedRecipient(to) }] : [];
  });
}
