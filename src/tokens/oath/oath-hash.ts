/** Hashes under HMAC (RFC 6238 section 1.2, RFC 6287 section 5.2). */
export const OATH_HASHES = ['SHA1', 'SHA256', 'SHA512'] as const;
export type OathHash = (typeof OATH_HASHES)[number];
