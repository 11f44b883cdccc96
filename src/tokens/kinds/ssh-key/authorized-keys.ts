import { publicKeyLine, type SshPublicKey } from './ssh-public-key.js';

/** What stands behind a line of `authorized_keys`. */
export interface AuthorizedKey {
  readonly key: Pick<SshPublicKey, 'type' | 'blob'>;
  /** Moment from which on the server refuses the key by itself. */
  readonly expires: Date | null;
  /** Shown by `ssh-keygen -l`; our serial number. */
  readonly comment: string;
}

/**
 * A line for `authorized_keys`, or for the answer of an `AuthorizedKeysCommand` (sshd(8), "AUTHORIZED_KEYS FILE FORMAT").
 * `expiry-time` is in UTC, which OpenSSH 9.1 and later understand; older ones refuse the line.
 */
export function authorizedKeysLine({ key, expires, comment }: AuthorizedKey): string {
  const line = publicKeyLine(key, comment);
  return expires ? `expiry-time="${stamp(expires)}" ${line}` : line;
}

/** `YYYYMMDDHHMMSSZ`. */
function stamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`;
}
