import { equalSecrets } from '../core/crypto/equal-secrets.js';
import type { PasswordProblem } from '../core/web/password/submission-problems.js';

/** What is wrong when a new password was not typed the same both times. */
export function typedTwice(password: string, repeated: string): PasswordProblem[] {
  const same = password === '' ? repeated === '' : equalSecrets(password, repeated);
  return same ? [] : [{ code: 'password-mismatch', params: {} }];
}
