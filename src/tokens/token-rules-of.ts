import type { FoundPerson } from '../core/directory/people.js';
import type { ConfigurationSnapshot } from '../core/domains/configuration-snapshot.js';
import { isPersonal, policyInForce } from '../core/policies/policy-model.js';
import { policySubject } from '../core/policies/policy-subject.js';
import { type TokenRules, tokenRules, tokenRulesBy } from './token-rules.js';

/**
 * The rules for the tokens of one person who shows them to this server itself and not to an application: the settings of the
 * domain, and over them the policies that hold for this person, their groups included.
 *
 * @throws DomainError `directory-unavailable`, `directory-misconfigured` where groups decide
 */
export async function tokenRulesOf(snapshot: ConfigurationSnapshot, found: FoundPerson): Promise<TokenRules> {
  const { id } = found.domain;
  if (!isPersonal(snapshot, id)) return tokenRules(snapshot, id);
  const subject = await policySubject(snapshot, found);
  return tokenRulesBy(snapshot, id, (category) => policyInForce(snapshot, category, subject));
}
