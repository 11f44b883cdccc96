import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { AUTHENTICATOR_NAMES, type AuthenticatorCode } from '../applications/application.js';
import type { Credential } from './credential.js';

/** Authenticators that are checked here; all others are refused with 303 and never passed over (section 5). */
export const CHECKED_METHODS = [
  'SPASS',
  'OTP',
  'OTPoD',
  'OOBA',
  'GRID',
  'GRIDGO',
  'EMCODE',
  'QNA',
  'FIDO',
  'PIN',
] as const satisfies readonly AuthenticatorCode[];
export type CheckedMethod = (typeof CHECKED_METHODS)[number];

/** Authenticators whose responses answer a challenge that `cc` may name. */
export const CHALLENGED_METHODS = ['OTP', 'GRID', 'GRIDGO', 'FIDO', 'QNA'] as const satisfies readonly CheckedMethod[];

/**
 * What a credential may be, most likely first: what `method` says, or what its members show (authentication methods,
 * section 4.6: `otp` is a one-time password, or the passcode of a T-Pass; `password` a static password, `pin` a PIN).
 *
 * @throws AuthRefusal 303 for an authenticator that is unknown or not checked here, and for a credential that shows none
 */
export function methodsOf(credential: Credential): readonly CheckedMethod[] {
  const { method } = credential;
  if (method !== undefined && method !== '') {
    const checked = CHECKED_METHODS.find((code) => code === method);
    if (!checked) throw unsupported(method in AUTHENTICATOR_NAMES ? `${method} is not checked here` : 'unknown method');
    return [checked];
  }
  if (credential.otp !== undefined) return credential.cc === undefined ? ['OTP', 'OTPoD'] : CHALLENGED_METHODS;
  if (credential.password !== undefined) return ['SPASS'];
  if (credential.answers !== undefined) return ['QNA'];
  if (credential.pin !== undefined) return ['PIN'];
  if (credential.tokenId !== undefined) return ['OOBA'];
  throw unsupported('no method');
}

/** A member that the authenticator needs. @throws AuthRefusal 303 */
export function need<T>(value: T | undefined, name: keyof Credential): T {
  if (value === undefined) throw unsupported(`without ${name}`);
  return value;
}

function unsupported(detail: string): AuthRefusal {
  return new AuthRefusal(303, {}, detail);
}
