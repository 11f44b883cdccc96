import { clientAddress, Networks } from '../../core/web/client-address.js';
import type { JsonValue } from '../../core/web/strict-json.js';
import { invalid } from './auth-refusal.js';

const NO_PROXIES = new Networks([]);

/**
 * `remoteIp`, which every method takes: the end user's address as the agent saw it, in its canonical spelling. What is no
 * address is refused, never taken for "no address, no policy" (attack class 33).
 *
 * @throws AuthRefusal 102
 */
export function remoteIpOf(sent: JsonValue | undefined): string | undefined {
  if (sent == null || sent === '') return undefined;
  if (typeof sent !== 'string') throw invalid('remoteIp');
  try {
    return clientAddress(sent, undefined, NO_PROXIES);
  } catch {
    throw invalid('remoteIp');
  }
}
