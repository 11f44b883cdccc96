import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { passwordRefusals } from '../core/directory/password-check.js';
import { type PasswordPolicy, passwordPolicyText, rulesOf, stricterRules } from '../core/directory/password-policy.js';
import type { PasswordRules } from '../core/directory/password-rules.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../core/domains/configuration.js';
import { keptHistory, ownPasswordPolicy } from '../core/policies/own-password-policy.js';
import { policySubject } from '../core/policies/policy-subject.js';
import type { PasswordProblem } from '../core/web/password/submission-problems.js';

/** What is demanded of a person's new password. */
@Injectable()
export class PasswordRequirements {
  constructor(private readonly configuration: Configuration) {}

  /**
   * Our rules and the directory's, the stricter of each, to be told before anything is typed.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`
   */
  async rules(found: FoundPerson): Promise<PasswordRules> {
    const { domain, directory, person } = found;
    const snapshot = await this.configuration.snapshot();
    const own = rulesOf(await this.policy(snapshot, found));
    const text = snapshot.setting(passwordPolicyText, domain.id);
    const rules = stricterRules(own, await directory.passwordRules(person));
    return text ? { ...rules, text } : rules;
  }

  /**
   * Every rule of ours that a password breaks. The directory is not asked; it has its say when the password is set.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured` where groups decide about the rules
   */
  async problems(found: FoundPerson, password: PlainSecret): Promise<PasswordProblem[]> {
    // PostgreSQL and LDAP cannot hold these; no keyboard makes them.
    if (password.includes('\0') || !password.isWellFormed()) return [{ code: 'password-refused', params: {} }];
    const policy = await this.policy(await this.configuration.snapshot(), found);
    if (policy !== 'directory') {
      return passwordRefusals(policy, password, { ...found.person, domain: found.domain.name });
    }
    return String(password) === '' ? [{ code: 'password-too-short', params: { min: 1 } }] : [];
  }

  private async policy(snapshot: ConfigurationSnapshot, found: FoundPerson): Promise<PasswordPolicy> {
    return keptHistory(ownPasswordPolicy(snapshot, await policySubject(snapshot, found)), found.directory);
  }
}
