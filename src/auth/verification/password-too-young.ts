import { given, type Policy } from '../../core/policies/policy.js';
import { PASSWORD } from '../../core/policies/categories/logging-on.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';

const MS_OF_A_DAY = 86_400_000;

/**
 * Whether a policy of the category `password` (authentication methods, section 6.8) lets nobody change the password yet.
 * Only who knows the old one is held to it: a password that was forgotten is never too young.
 */
export function passwordTooYoung(
  policy: Policy | undefined,
  { changedAt, now }: { readonly changedAt: Date | undefined; readonly now: Date },
): PasswordProblem | undefined {
  const days = given(policy, PASSWORD.minAgeDays) ?? 0;
  const young = days > 0 && changedAt !== undefined && now.getTime() - changedAt.getTime() < days * MS_OF_A_DAY;
  return young ? { code: 'password-too-young', params: { days } } : undefined;
}
