import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';

/** Digits in groups, as people read them off; nothing longer is a numeric code. */
const GROUPED = /^[0-9][0-9 -]{0,62}[0-9]$/;

/** Spaces and hyphens inside a numeric code are dropped (authentication methods, section 2.4); all else stays as typed. */
export function numericCode(typed: PlainSecret): PlainSecret {
  return GROUPED.test(typed) ? plainSecret(typed.replace(/[ -]/g, '')) : typed;
}
