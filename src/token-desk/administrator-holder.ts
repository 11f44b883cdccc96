import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { auditedCall } from '../core/administrators/audited-call.js';
import type { FoundPerson } from '../core/directory/people.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';

/** A person whose authenticators an administrator changes, without a one-time request. */
export function holderOf(caller: AdministratorCaller, found: FoundPerson): EnrolmentHolder {
  return { found, requestId: undefined, context: auditedCall(caller, found) };
}
