import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { perSnapshot } from '../../core/domains/per-snapshot.js';
import type { PolicySubject } from '../../core/policies/policy.js';
import { isPersonal, policyInForce } from '../../core/policies/policy-model.js';
import { tokenRules, type TokenRules, tokenRulesBy } from '../../tokens/token-rules.js';
import type { Application } from '../applications/application.js';

const ofApplications = perSnapshot(() => new Map<string, TokenRules>());

/**
 * The rules for the tokens of a person who logs on to an application, or whose credential is checked outside of any:
 * the settings of the domain, and over them the policies of lockout, token products, T-Pass, challenges and GridGo.
 * Where no policy is for somebody in particular they are made once for each configuration.
 */
export function tokenRulesFor(
  snapshot: ConfigurationSnapshot,
  subject: PolicySubject & { readonly domainId: string },
  application?: Application,
): TokenRules {
  const { domainId } = subject;
  const make = (): TokenRules =>
    tokenRulesBy(snapshot, domainId, (category) => policyInForce(snapshot, category, subject, application?.name));
  if (isPersonal(snapshot, domainId)) return make();
  if (!application) return tokenRules(snapshot, domainId);
  const known = ofApplications(snapshot);
  const key = `${domainId}\0${application.id}`;
  const rules = known.get(key) ?? make();
  known.set(key, rules);
  return rules;
}
