import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { invalid } from '../../surfaces/auth-envelope/auth-refusal.js';
import { activationPageHosts } from '../../tokens/activation/activation-settings.js';

const PARAMETER = 'provisioningUrl';

/**
 * The address of a page that an agent wants in a message: HTTPS, without a name and a password in it, on a host that the
 * setting `activation_page_hosts` allows. The message is ours, so people trust what it leads to.
 *
 * @throws AuthRefusal 102
 */
export function provisioningUrl(snapshot: ConfigurationSnapshot, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const allowed =
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    snapshot.setting(activationPageHosts).includes(url.hostname);
  if (!allowed) throw invalid(PARAMETER);
  return url.href;
}
