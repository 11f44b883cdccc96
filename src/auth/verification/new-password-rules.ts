import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { inForce } from '../../core/policies/policy.js';
import { SELF_SERVICE } from '../../core/policies/categories/self-service.js';
import { Clock } from '../../core/time/clock.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import type { CredentialOrder } from '../credentials/credential-check.js';
import { Policies } from '../policies/policies.js';
import { passwordTooYoung } from './password-too-young.js';

/** What is demanded of a password that a person chooses by way of an agent: the domain's rules, and its policies. */
@Injectable()
export class NewPasswordRules {
  constructor(
    private readonly policies: Policies,
    private readonly requirements: PasswordRequirements,
    private readonly clock: Clock,
  ) {}

  /** Whether the person may choose one at all. */
  async isOpen({ snapshot, found }: CredentialOrder): Promise<boolean> {
    const policy = await this.policies.inForce(snapshot, 'self-service', { found });
    return found.person.mayChangePassword && inForce(policy, SELF_SERVICE.changePassword);
  }

  /** The first rule that the new one breaks. */
  async problem(
    { snapshot, found }: CredentialOrder,
    old: PlainSecret,
    wanted: PlainSecret,
  ): Promise<PasswordProblem | undefined> {
    if (wanted.normalize('NFKC') === old.normalize('NFKC')) return { code: 'password-in-history', params: {} };
    const [problem] = await this.requirements.problems(found, wanted);
    const policy = await this.policies.inForce(snapshot, 'password', { found });
    const { passwordChangedAt: changedAt, mustChangePassword } = found.person;
    // Who must change it may do so at any time.
    const since = mustChangePassword ? undefined : changedAt;
    return problem ?? passwordTooYoung(policy, { changedAt: since, now: this.clock.now() });
  }
}
