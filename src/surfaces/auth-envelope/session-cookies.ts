import { parseCookie, stringifySetCookie } from 'cookie';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { perSnapshot } from '../../core/domains/per-snapshot.js';
import type { PathForm } from './auth-paths.js';

const NAME = 'JSESSIONID';

/** The cookie of the logon session (authentication methods, section 1.4), for the path form that was called. */
export class SessionCookies {
  /** The header that the answer gets. */
  header: string | undefined;

  constructor(
    private readonly path: PathForm,
    private readonly snapshot: ConfigurationSnapshot,
  ) {}

  set(session: PlainSecret): void {
    this.header = stringifySetCookie({ ...this.attributes(), value: session });
  }

  /** Expires it in the client. */
  drop(): void {
    this.header = stringifySetCookie({ ...this.attributes(), value: '', maxAge: 0 });
  }

  private attributes(): { name: string; path: string; httpOnly: true; sameSite: 'strict'; secure: boolean } {
    const { path, snapshot } = this;
    return { name: NAME, path, httpOnly: true, sameSite: 'strict', secure: !plainLoopback(snapshot) };
  }
}

/** The cookie's value as it was sent; undefined when there is none. */
export function sentSession(header: string | undefined): PlainSecret | undefined {
  if (header === undefined || !header.includes(NAME)) return undefined;
  const value = parseCookie(header)[NAME];
  return value === undefined || value === '' ? undefined : plainSecret(value);
}

/** Whether the server is reached without TLS on the machine itself, where clients would keep no `Secure` cookie. */
const plainLoopback = perSnapshot(({ publicUrl }) => {
  if (publicUrl === undefined) return false;
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.'));
});
