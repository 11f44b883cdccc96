import type { Directory } from '../directory/directory.js';
import { type OwnPasswordPolicy, type PasswordPolicy, passwordPolicy } from '../directory/password-policy.js';
import type { ConfigurationSnapshot } from '../domains/configuration-snapshot.js';
import { given, type Policy, type PolicySubject } from './policy.js';
import { PASSWORD } from './categories/logging-on.js';
import { policyInForce } from './policy-model.js';

/** Our own rules where the directory's are all but for what a policy adds. */
const NO_RULES: OwnPasswordPolicy = {
  min_length: 1,
  max_length: 1_024,
  classes: 1,
  passphrase_length: 0,
  not_login: false,
  not_common: false,
  history: 0,
  blocked: [],
};

/**
 * Our own rules for the new password of a person: the domain's `pwd_policy`, and what the policy of the category
 * `password` says (authentication methods, sections 6.8 and 6.10), the stricter of each. Policies that are bound to
 * applications do not count: a password is for all of them.
 */
export function ownPasswordPolicy(
  snapshot: ConfigurationSnapshot,
  subject: PolicySubject & { readonly domainId: string },
): PasswordPolicy {
  const setting = snapshot.setting(passwordPolicy, subject.domainId);
  return stricterPasswordPolicy(setting, policyInForce(snapshot, 'password', subject));
}

/** What holds when both the setting and the policy do. */
export function stricterPasswordPolicy(setting: PasswordPolicy, policy: Policy | undefined): PasswordPolicy {
  if (!policy) return setting;
  const own = setting === 'directory' ? NO_RULES : setting;
  const length = Math.max(own.min_length, given(policy, PASSWORD.minLength) ?? 0);
  return {
    ...own,
    min_length: length,
    // Two rules that nobody can meet together would keep everybody from choosing a password.
    max_length: Math.max(own.max_length, length),
    history: Math.max(own.history, given(policy, PASSWORD.history) ?? 0),
    blocked: [...own.blocked, ...(given(policy, PASSWORD.blocklist) ?? [])],
  };
}

/** As far as a directory keeps it: remote ones have histories of their own, and nobody else can look into them. */
export function keptHistory(policy: PasswordPolicy, { kind }: Pick<Directory, 'kind'>): PasswordPolicy {
  return policy === 'directory' || kind === 'builtin' ? policy : { ...policy, history: 0 };
}
