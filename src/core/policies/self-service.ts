import type { ConfigurationSnapshot } from '../domains/configuration-snapshot.js';
import { inForce } from './policy.js';
import { policyInForce } from './policy-model.js';
import type { PolicyOption } from './policy-option.js';
import { policySubject } from './policy-subject.js';

/**
 * Whether the policy of the category `self-service` that is in force for a person lets them do something by themselves
 * (authentication methods, section 6.8).
 *
 * @throws DomainError `directory-unavailable`, `directory-misconfigured` where groups decide
 */
export async function selfServiceAllows(
  snapshot: ConfigurationSnapshot,
  found: Parameters<typeof policySubject>[1],
  option: PolicyOption<boolean>,
): Promise<boolean> {
  return inForce(policyInForce(snapshot, 'self-service', await policySubject(snapshot, found)), option);
}
