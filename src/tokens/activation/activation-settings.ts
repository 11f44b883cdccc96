import { objectSetting, textSetting } from '../../core/settings/setting-types.js';
import { isPlainHost } from '../../core/web/plain-host.js';

export const activationPage = textSetting({
  name: 'activation_page',
  scope: 'domain',
  default: '',
  maxLength: 500,
  meaning:
    'Address of the page where people type the code that activates their token, named in the message with it; empty = the ' +
    'message names none. Authentication methods, section 4.11.',
});

export const activationPageHosts = objectSetting<readonly string[]>({
  name: 'activation_page_hosts',
  scope: 'server',
  default: [],
  values: 'a list of host names',
  meaning:
    'Hosts that `provisioningUrl` may lead to when an agent has an activation code sent; none by default. Authentication ' +
    'methods, section 4.11.',
  parse: (value) =>
    Array.isArray(value) && value.every((host) => typeof host === 'string' && isPlainHost(host))
      ? value.map((host: string) => host.toLowerCase())
      : undefined,
});
