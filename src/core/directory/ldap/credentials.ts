import type { PlainSecret } from '../../crypto/secret-types.js';

/** Characters of a login or a DN at most; longer ones belong to nobody. */
const MAX_NAME_LENGTH = 2_000;

/** Bytes of a password at most; slapd ends connections that send much more. */
const MAX_PASSWORD_BYTES = 4_096;

/**
 * Whether anybody could have this name. What cannot be written as UTF-8 would be sent as something else, and NUL ends
 * texts in some servers.
 */
export function isSearchable(name: string): boolean {
  return name.trim() !== '' && name.length <= MAX_NAME_LENGTH && isPlainText(name);
}

/**
 * Whether a bind with this password means anything. A bind without a password "succeeds" as nobody (RFC 4513 section
 * 5.1.2), and what a server would cut at a NUL must not be compared with the rest missing.
 */
export function isBindable(password: PlainSecret): boolean {
  return password.trim() !== '' && Buffer.byteLength(password) <= MAX_PASSWORD_BYTES && isPlainText(password);
}

function isPlainText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}
