import { countersShowing } from './code-search.js';
import { NONE_USED, type TokenPosition } from './otp-match.js';

/** The counter after the remembered candidate, when it shows `value` and is not used (authentication methods, 6.2). */
export function candidateSuccessor(token: TokenPosition, value: number): number | undefined {
  if (token.candidate == null) return undefined;
  const next = token.candidate + 1;
  return next > (token.lastCounter ?? NONE_USED) ? countersShowing(token, value, next, next)[0] : undefined;
}
