import type { ConfigurationSnapshot } from '../../../core/domains/configuration-snapshot.js';
import { given, inForce, type Policy } from '../../../core/policies/policy.js';
import { T_PASS } from '../../../core/policies/categories/authenticators.js';
import type { Channel } from '../../../delivery/outbox.js';
import { CHANNEL_OF } from '../../wire-channels.js';
import { passcodeChannels, passcodeDigits, passcodeResendSeconds, passcodeSeconds } from './on-demand-settings.js';

/** How passcodes are sent to some people (authentication methods, section 6.7). */
export interface OnDemandRules {
  readonly digits: number;
  /** Seconds for which one works. */
  readonly seconds: number;
  /** Seconds after which another one may be sent. */
  readonly resendSeconds: number;
  /** For a logon, the preferred one first. */
  readonly channels: readonly Channel[];
  /** Seconds for which the passcode of the next log-on works, which is sent after one; undefined = none is sent ahead. */
  readonly aheadSeconds?: number | undefined;
}

/** Seconds. */
const HOUR = 3_600;

/** The settings of a domain, and over them what the T-Pass policy says. */
export function onDemandRules(
  snapshot: ConfigurationSnapshot,
  domainId: string,
  policy: Policy | undefined,
): OnDemandRules {
  const allowed = given(policy, T_PASS.allowedChannels)?.map((channel) => CHANNEL_OF[channel]);
  return {
    digits: given(policy, T_PASS.length) ?? snapshot.setting(passcodeDigits, domainId),
    seconds: given(policy, T_PASS.lifetimeSeconds) ?? snapshot.setting(passcodeSeconds, domainId),
    resendSeconds: given(policy, T_PASS.resendSeconds) ?? snapshot.setting(passcodeResendSeconds, domainId),
    aheadSeconds: inForce(policy, T_PASS.preDelivery) ? inForce(policy, T_PASS.preDeliveryLifetime) * HOUR : undefined,
    channels: allowed?.filter((channel) => channel !== undefined) ?? snapshot.setting(passcodeChannels, domainId),
  };
}
