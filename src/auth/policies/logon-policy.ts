import type { IpFilter } from '../../core/policies/ip-filter.js';
import { inForce, type Policy } from '../../core/policies/policy.js';
import { LOGON } from '../../core/policies/categories/logging-on.js';

/** How people log on (authentication methods, section 6.8, category `logon`). */
export interface LogonPolicy {
  readonly mfa: 'NOT_REQUIRED' | 'REQUIRED_WITH_TOKEN' | 'REQUIRED';
  readonly ipFilter: IpFilter;
  readonly ipFilterMode: 'ALLOW' | 'DENY' | 'MFA_EXEMPT';
  readonly pendingTimeoutSeconds: number;
}

/** What a policy says, and the defaults for what it leaves out; all of them without a policy. */
export function logonPolicyFor(policy: Policy | undefined): LogonPolicy {
  return {
    mfa: inForce(policy, LOGON.mfa),
    ipFilter: inForce(policy, LOGON.ipFilter),
    ipFilterMode: inForce(policy, LOGON.ipFilterMode),
    pendingTimeoutSeconds: inForce(policy, LOGON.pendingTimeout),
  };
}

/** What the address of the person comes to. */
export type AddressVerdict = 'plain' | 'exempt' | 'denied';

/**
 * Holds the end user's address against the filter. Without one, or with a filter that cannot be read, the stricter thing
 * holds (attack class 33): nobody gets in by a list of those who may, past a list of those who may not, or out of a step.
 *
 * @param via addresses of the servers that the call came by, e.g. the agent's own
 * @returns `denied` for code 235; `exempt` when only the first step is asked for
 */
export function addressVerdict(
  { ipFilter, ipFilterMode }: LogonPolicy,
  remoteIp: string | undefined,
  via: readonly string[],
): AddressVerdict {
  if (ipFilter.empty) return 'plain';
  const listed = remoteIp === undefined || !ipFilter.known ? undefined : ipFilter.has(remoteIp, via);
  switch (ipFilterMode) {
    case 'ALLOW':
      return listed === true ? 'plain' : 'denied';
    case 'DENY':
      return listed === false ? 'plain' : 'denied';
    case 'MFA_EXEMPT':
      return listed === true ? 'exempt' : 'plain';
    default:
      return ipFilterMode satisfies never;
  }
}
