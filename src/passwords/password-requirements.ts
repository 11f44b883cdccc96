import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { passwordRefusals } from '../core/directory/password-check.js';
import { passwordPolicy, passwordPolicyText, rulesOf, stricterRules } from '../core/directory/password-policy.js';
import type { PasswordRules } from '../core/directory/password-rules.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
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
  async rules({ domain, directory, person }: FoundPerson): Promise<PasswordRules> {
    const snapshot = await this.configuration.snapshot();
    const own = rulesOf(snapshot.setting(passwordPolicy, domain.id));
    const text = snapshot.setting(passwordPolicyText, domain.id);
    const rules = stricterRules(own, await directory.passwordRules(person));
    return text ? { ...rules, text } : rules;
  }

  /** Every rule of ours that a password breaks. The directory is not asked; it has its say when the password is set. */
  async problems({ domain, person }: FoundPerson, password: PlainSecret): Promise<PasswordProblem[]> {
    // PostgreSQL and LDAP cannot hold these; no keyboard makes them.
    if (password.includes('\0') || !password.isWellFormed()) return [{ code: 'password-refused', params: {} }];
    const policy = (await this.configuration.snapshot()).setting(passwordPolicy, domain.id);
    if (policy !== 'directory') return passwordRefusals(policy, password, person);
    return String(password) === '' ? [{ code: 'password-too-short', params: { min: 1 } }] : [];
  }
}
