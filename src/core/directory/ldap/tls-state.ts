import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Finding } from '../directory.js';
import type { LdapSettings } from './ldap-settings.js';

/** The TLS of an open connection. */
export interface TlsState {
  /** Protocol version, e.g. `TLSv1.3`. */
  readonly version: string;
  readonly certificateExpires: Date | undefined;
}

const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/** What `latchkey doctor` says about the security of a connection that could be opened. */
export function certificateAdvice(
  state: TlsState | undefined,
  { tlsRejectUnauthorized }: LdapSettings,
  url: string,
  now: Date,
): Omit<Finding, 'subject'> {
  const lab = isLoopback(new URL(url).hostname);
  if (!state) {
    const text = 'answers in clear text: passwords can be read on the way; use ldaps:// or startTls';
    return { ok: lab, text };
  }
  if (!tlsRejectUnauthorized) {
    const text = `answers with ${state.version}, but its certificate is not checked; set caFile and drop tlsRejectUnauthorized`;
    return { ok: lab, text };
  }
  if (!state.certificateExpires) return { ok: true, text: `answers with ${state.version}` };
  const days = Math.floor((state.certificateExpires.getTime() - now.getTime()) / DAY_MS);
  const until = state.certificateExpires.toISOString().slice(0, 10);
  const text = `answers with ${state.version}; its certificate is valid until ${until}`;
  return days >= SOON_DAYS ? { ok: true, text } : { ok: false, text: `${text}, renew it` };
}

/** What never leaves the machine cannot be read on the way. */
function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return address === 'localhost' || (isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback');
}
