import { given, type Policy } from '../../core/policies/policy.js';
import { PASSWORD } from '../../core/policies/policy-categories.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';

const MS_OF_A_DAY = 86_400_000;

/**
 * What a policy of the category `password` (authentication methods, section 6.8) has against a new password, besides the
 * rules that hold everywhere. How many earlier passwords are refused is for the domain's `pwd_policy`.
 */
export function passwordPolicyProblem(
  policy: Policy | undefined,
  password: PlainSecret,
  { changedAt, now }: { readonly changedAt: Date | undefined; readonly now: Date },
): PasswordProblem | undefined {
  const text = password.normalize('NFKC');
  const min = given(policy, PASSWORD.minLength) ?? 0;
  if (Array.from(text).length < min) return { code: 'password-too-short', params: { min } };
  const words = given(policy, PASSWORD.blocklist) ?? [];
  if (words.some((word) => folded(word) === folded(text))) return { code: 'password-too-common', params: {} };
  const days = given(policy, PASSWORD.minAgeDays) ?? 0;
  const young = days > 0 && changedAt !== undefined && now.getTime() - changedAt.getTime() < days * MS_OF_A_DAY;
  return young ? { code: 'password-too-young', params: { days } } : undefined;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
