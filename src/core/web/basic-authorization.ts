import { plainSecret, type PlainSecret } from '../crypto/secret-types.js';

/** What an `Authorization` header says. `malformed` is an attempt too: it is refused and counted like a wrong password. */
export type BasicAuthorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: PlainSecret };

const MALFORMED: BasicAuthorization = { kind: 'malformed' };
const TOKEN68 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads Basic credentials (RFC 7617). The first colon ends the user part, which may hold backslashes; the password may
 * hold colons. Text is UTF-8, or else ISO-8859-1. Control characters are not allowed in either (RFC 7617 section 2),
 * and an empty user or password is no credential: a directory would take an empty password for an anonymous bind
 * (RFC 4513 section 5.1.2, attack class 50).
 *
 * A header of another scheme counts as none, so that the client is told which one is asked for.
 */
export function readBasicAuthorization(header: string | undefined): BasicAuthorization {
  const [scheme, encoded, ...rest] = (header ?? '').trim().split(/ +/);
  if (scheme?.toLowerCase() !== 'basic') return { kind: 'none' };
  if (encoded === undefined || rest.length > 0 || !TOKEN68.test(encoded)) return MALFORMED;
  const text = decode(Buffer.from(encoded, 'base64'));
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1 || /\p{Cc}/u.test(text)) return MALFORMED;
  return { kind: 'basic', user: text.slice(0, colon), password: plainSecret(text.slice(colon + 1)) };
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
