import type { PlainSecret } from '../../core/crypto/secret-types.js';

/** The cookie of the logon session (authentication methods, section 1.4), for the path form that was called. */
export interface SessionCookies {
  set(session: PlainSecret): void;
  /** Expires it in the client. */
  drop(): void;
}
