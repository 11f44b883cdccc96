import { type PasswordPolicy, rulesOf, stricterRules } from '../../core/directory/password-policy.js';
import type { PasswordRules } from '../../core/directory/password-rules.js';
import { given, type Policy } from '../../core/policies/policy.js';
import { PASSWORD } from '../../core/policies/categories/logging-on.js';

const SECONDS_OF_A_DAY = 86_400;

/**
 * The options of the category `password` as they are in force: the policy, the domain's own rules and the directory's,
 * the stricter of each (authentication methods, section 6.10).
 *
 * @param own the domain's rules with the policy in them, see `stricterPasswordPolicy`
 * @param directory what a person's directory demands, as far as it tells
 */
export function passwordOptions(
  policy: Policy | undefined,
  own: PasswordPolicy,
  directory: PasswordRules,
): Readonly<Record<string, string>> {
  const maxAge = (given(policy, PASSWORD.maxAgeDays) ?? 0) * SECONDS_OF_A_DAY;
  const minAge = (given(policy, PASSWORD.minAgeDays) ?? 0) * SECONDS_OF_A_DAY;
  const rules = stricterRules({ ...rulesOf(own), ...(maxAge > 0 && { maxAge }), minAge }, directory);
  return {
    minLength: String(rules.minLength ?? 1),
    history: String(rules.history ?? 0),
    maxAgeDays: String(Math.ceil((rules.maxAge ?? 0) / SECONDS_OF_A_DAY)),
    minAgeDays: String(Math.ceil((rules.minAge ?? 0) / SECONDS_OF_A_DAY)),
    blocklist: own === 'directory' ? '' : own.blocked.join('; '),
  };
}
