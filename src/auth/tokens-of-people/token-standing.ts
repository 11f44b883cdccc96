import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { HeldToken } from '../../tokens/token-store.js';

/** Why a token cannot be used, as a code of section 3; undefined when it can (authentication methods, section 5). */
export function unusable(held: HeldToken, now: Date): 253 | 254 | 255 | 256 | 257 | undefined {
  const { status, starts, expires, usageLimit, usageCount } = held.assignment;
  const broken = switchedOff(held);
  if (broken !== undefined) return broken;
  if (status === 'INACTIVE') return 254;
  if ((starts !== null && starts > now) || (expires !== null && expires <= now)) return 256;
  return usageLimit > 0 && usageCount >= usageLimit ? 257 : undefined;
}

/** Why nothing may be done with a token, whether it is activated or not. */
export function switchedOff({ token, assignment }: HeldToken): 253 | 255 | undefined {
  if (token.status !== 'ACTIVE' || assignment.status === 'DISABLED') return 253;
  return assignment.status === 'LOCKED' ? 255 : undefined;
}

/** @throws AuthRefusal with the code, when there is one */
export function refuseIf(code: 253 | 254 | 255 | 256 | 257 | undefined): void {
  if (code !== undefined) throw new AuthRefusal(code);
}
