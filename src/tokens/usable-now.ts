import type { HeldToken } from './token-store.js';

/**
 * Whether a token may be used at a moment (authentication methods, section 5, last paragraph), for what is shown of it;
 * whoever uses it has it decided by the statement that does.
 */
export function isUsableAt({ token, assignment }: HeldToken, now: Date): boolean {
  const { status, starts, expires, usageLimit, usageCount } = assignment;
  const inTime = (starts === null || starts <= now) && (expires === null || expires > now);
  return token.status === 'ACTIVE' && status === 'ACTIVE' && inTime && (usageLimit === 0 || usageCount < usageLimit);
}
