import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { perSnapshot } from '../../core/domains/per-snapshot.js';
import { inForce, type PolicySubject } from '../../core/policies/policy.js';
import { LOCKOUT } from '../../core/policies/categories/logging-on.js';
import { isPersonal, policyInForce } from '../../core/policies/policy-model.js';
import { type PolicyLookup, type TokenRules, tokenRulesBy } from '../../tokens/token-rules.js';
import type { Application } from '../applications/application.js';

const ofEverybody = perSnapshot(() => new Map<string, TokenRules>());

/**
 * The rules for the tokens of a person who logs on to an application, or whose credential is checked outside of any:
 * the settings of the domain, and over them the policies of lockout, token products, T-Pass, challenges and GridGo. With
 * agents wrong attempts are followed by a delay that grows, unless the policy says otherwise (section 6.4).
 * Where no policy is for somebody in particular they are made once for each configuration.
 */
export function tokenRulesFor(
  snapshot: ConfigurationSnapshot,
  subject: PolicySubject & { readonly domainId: string },
  application?: Application,
): TokenRules {
  const { domainId } = subject;
  const policyFor: PolicyLookup = (category) => policyInForce(snapshot, category, subject, application?.name);
  const make = (): TokenRules => ({
    ...tokenRulesBy(snapshot, domainId, policyFor),
    growingDelay: inForce(policyFor('lockout'), LOCKOUT.growingDelay),
  });
  if (isPersonal(snapshot, domainId)) return make();
  const known = ofEverybody(snapshot);
  const key = `${domainId}\0${application?.id ?? ''}`;
  const rules = known.get(key) ?? make();
  known.set(key, rules);
  return rules;
}
