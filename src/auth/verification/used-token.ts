import { type ObjectType, related, text } from '../../surfaces/auth-envelope/object-type.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import type { AcceptedCredential } from '../credentials/credential-check.js';

const TOKEN_USED: ObjectType = {
  name: 'usedToken',
  attributes: { id: text('Identifier.'), serial: text('Serial number.') },
  brief: ['id', 'serial'],
};

/** What `return` may ask for behind a verification: the token that was used, and nothing about the person (section 4.8). */
export const VERIFICATION: ObjectType = {
  name: 'verification',
  attributes: { token: related(() => TOKEN_USED, 'The token that was used; null where none was needed.') },
};

export function verificationResult({ token }: AcceptedCredential): WireObject {
  return { token: token ? { id: token.id, serial: token.serial } : null };
}
