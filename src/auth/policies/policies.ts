import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { PolicyOption } from '../../core/policies/policy-option.js';
import { inForce, type Policy, type PolicySubject } from '../../core/policies/policy.js';
import { PASSWORD } from '../../core/policies/categories/logging-on.js';
import { policyInForce } from '../../core/policies/policy-model.js';
import { policySubject } from '../../core/policies/policy-subject.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import type { Application } from '../applications/application.js';
import { type LogonPolicy, logonPolicyFor } from './logon-policy.js';
import { tokenRulesFor } from './token-rules-for.js';

/** Milliseconds. */
const DAY = 86_400_000;

/** Whom and what a policy is asked for. */
export interface PolicyQuestion {
  readonly found?: FoundPerson | undefined;
  readonly application?: Application | undefined;
}

/** The policies in force for people (authentication methods, sections 4.15 and 6.8). */
@Injectable()
export class Policies {
  /**
   * A person as policies see them, see `policySubject`.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`
   */
  async subjectOf(
    snapshot: ConfigurationSnapshot,
    found: FoundPerson,
  ): Promise<PolicySubject & { readonly domainId: string }> {
    return policySubject(snapshot, found);
  }

  /** The policy in force in a category; that of the whole server when nobody is named. */
  async inForce(
    snapshot: ConfigurationSnapshot,
    category: string,
    { found, application }: PolicyQuestion,
  ): Promise<Policy | undefined> {
    const subject = found ? await this.subjectOf(snapshot, found) : {};
    return policyInForce(snapshot, category, subject, application?.name);
  }

  /**
   * Lets pass what people may do by way of an agent.
   *
   * @throws AuthRefusal 235 where the policy of the category `self-service` switches it off
   */
  async requireSelfService(
    snapshot: ConfigurationSnapshot,
    found: FoundPerson,
    option: PolicyOption<boolean>,
  ): Promise<void> {
    const policy = await this.inForce(snapshot, 'self-service', { found });
    if (!inForce(policy, option)) throw new AuthRefusal(235, {}, `${option.name} is switched off for self-service`);
  }

  /** Whether the policy wants a password changed because of its age; one without a date has none. */
  async isPasswordTooOld(
    snapshot: ConfigurationSnapshot,
    about: PolicyQuestion & { readonly found: FoundPerson },
    now: Date,
  ): Promise<boolean> {
    const { passwordChangedAt } = about.found.person;
    const days = inForce(await this.inForce(snapshot, 'password', about), PASSWORD.maxAgeDays);
    return days > 0 && passwordChangedAt !== undefined && passwordChangedAt.getTime() <= now.getTime() - days * DAY;
  }

  async tokenRules(
    snapshot: ConfigurationSnapshot,
    found: FoundPerson,
    application: Application | undefined,
  ): Promise<TokenRules> {
    return tokenRulesFor(snapshot, await this.subjectOf(snapshot, found), application);
  }

  async logonPolicy(
    snapshot: ConfigurationSnapshot,
    found: FoundPerson | undefined,
    application: Application,
  ): Promise<LogonPolicy> {
    return logonPolicyFor(await this.inForce(snapshot, 'logon', { found, application }));
  }
}
