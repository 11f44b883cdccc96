import type { Person } from '../../../core/directory/directory.js';
import type { ConfigurationSnapshot } from '../../../core/domains/configuration-snapshot.js';
import { maskedRecipient } from '../../../delivery/masked-recipient.js';
import type { Channel } from '../../../delivery/outbox.js';
import type { OnDemandRules } from './on-demand-rules.js';
import { secondFactorChannels } from './on-demand-settings.js';

/** What a passcode is sent for: a log-on, or the second factor beside a link. */
export type PasscodeUse = 'logon' | 'second-factor';

/** A way by which a person can be sent a passcode. */
export interface PasscodeRoute {
  readonly channel: Channel;
  /** As the directory has it at this moment (attack class 14). */
  readonly to: string;
  /** For showing, e.g. `+352…001`. */
  readonly recipient: string;
}

/**
 * The channels that are allowed, in the order of preference.
 *
 * @param rules those in force for the person
 * @param except channels that prove nothing more, e.g. the one by which the link came
 */
export function allowedChannels(
  snapshot: ConfigurationSnapshot,
  domainId: string,
  use: PasscodeUse,
  rules: OnDemandRules,
  except: readonly Channel[] = [],
): readonly Channel[] {
  const channels = use === 'logon' ? rules.channels : snapshot.setting(secondFactorChannels, domainId);
  return channels.filter((channel) => !except.includes(channel));
}

/** Those of the channels on which the person has an address. */
export function routesOf(person: Person, channels: readonly Channel[]): PasscodeRoute[] {
  return channels.flatMap((channel) => {
    const to = channel === 'MAIL' ? person.mail : person.mobile;
    return to ? [{ channel, to, recipient: maskedRecipient(to) }] : [];
  });
}
