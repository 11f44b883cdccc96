import { createHash, timingSafeEqual } from 'node:crypto';

interface Scheme {
  readonly algorithm: string;
  readonly bytes: number;
}

/** Schemes of slapd and its pw-sha2 module, with and without salt (RFC 2307 section 5.3, slappasswd(8)). */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  SHA: { algorithm: 'sha1', bytes: 20 },
  SSHA: { algorithm: 'sha1', bytes: 20 },
  MD5: { algorithm: 'md5', bytes: 16 },
  SMD5: { algorithm: 'md5', bytes: 16 },
  SHA256: { algorithm: 'sha256', bytes: 32 },
  SSHA256: { algorithm: 'sha256', bytes: 32 },
  SHA384: { algorithm: 'sha384', bytes: 48 },
  SSHA384: { algorithm: 'sha384', bytes: 48 },
  SHA512: { algorithm: 'sha512', bytes: 64 },
  SSHA512: { algorithm: 'sha512', bytes: 64 },
};

/**
 * Whether `candidate` is the password behind a stored value of `userPassword`. Undefined when the scheme is one that
 * cannot be judged here, such as {CRYPT} or {ARGON2}.
 */
export function isStoredPassword(stored: string, candidate: string): boolean | undefined {
  const parts = /^\{([A-Za-z0-9]+)\}(.*)$/s.exec(stored);
  if (!parts) return matches(Buffer.from(stored), Buffer.from(candidate));
  const [, name = '', value = ''] = parts;
  if (name.toUpperCase() === 'CLEARTEXT') return matches(Buffer.from(value), Buffer.from(candidate));
  const scheme = SCHEMES[name.toUpperCase()];
  if (!scheme) return undefined;
  const raw = Buffer.from(value, 'base64');
  const salt = raw.subarray(scheme.bytes);
  const made = createHash(scheme.algorithm).update(candidate, 'utf8').update(salt).digest();
  return matches(raw.subarray(0, scheme.bytes), made);
}

/** The stored password in a value of `pwdHistory`: `time#syntax#length#data` (draft-behera-ldap-password-policy 5.3.5). */
export function passwordInHistoryValue(value: string): string | undefined {
  return /^[^#]*#[^#]*#[^#]*#(.*)$/s.exec(value)?.[1];
}

function matches(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
