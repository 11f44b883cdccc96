import { type ConfigurationSnapshot, SERVER_SCOPE } from '../../core/domains/configuration-snapshot.js';
import { foldName } from '../../core/domains/fold-name.js';
import { isProductCategory } from '../../core/policies/policy-categories.js';
import { type TokenRules, tokenRulesBy } from '../../tokens/token-rules.js';
import { WIRE_NAME_OF } from '../../tokens/wire-channels.js';

/**
 * What holds in a category where no policy says otherwise: settings come before the defaults of the options.
 *
 * @param domainId of the person; the server's settings without one
 */
export function policyDefaults(
  snapshot: ConfigurationSnapshot,
  category: string,
  domainId = SERVER_SCOPE,
): Readonly<Record<string, string>> {
  const settings = tokenRulesBy(snapshot, domainId, () => undefined);
  const folded = foldName(category);
  if (folded === 'lockout') return lockout(settings);
  if (folded === 't-pass') return onDemand(settings);
  if (folded === 'gridgo') return { passcodeHistory: String(settings.passcodeHistory) };
  return isProductCategory(category) ? product(settings) : {};
}

function lockout({ maxFailures, lockSeconds }: TokenRules): Record<string, string> {
  return { maxFailures: String(maxFailures), lockMinutes: String((lockSeconds ?? 0) / 60) };
}

function onDemand({ onDemand: { digits, seconds, resendSeconds, channels } }: TokenRules): Record<string, string> {
  return {
    length: String(digits),
    lifetimeSeconds: String(seconds),
    resendSeconds: String(resendSeconds),
    allowedChannels: channels.map((channel) => WIRE_NAME_OF[channel]).join(', '),
  };
}

function product({ time, passcodeHistory, pinPrefix }: TokenRules): Record<string, string> {
  return {
    passcodeHistory: String(passcodeHistory),
    autoSyncWindow: String(time.auto),
    checkSyncWindow: String(time.check),
    manualSyncWindow: String(time.manual),
    ...(pinPrefix && { pinMode: 'PREFIX' }),
  };
}
