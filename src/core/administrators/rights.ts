import type { Role } from './administrator.entity.js';

/**
 * What an administrator may be allowed to do. Each method of a surface names the one that it needs; there is no
 * method without one.
 */
export const RIGHTS = ['send-links'] as const;
export type Right = (typeof RIGHTS)[number];

/** Which rights a role has. A role that is not named here has none. */
const ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  'global-admin': RIGHTS,
  'domain-admin': ['send-links'],
  'user-manager': ['send-links'],
};

/** Whether the role has the right at all; where it reaches is {@link mayReach}'s business. */
export function mayUse(role: Role, right: Right): boolean {
  return ROLE_RIGHTS[role].includes(right);
}

/** Whether the role reaches everybody, so that it does not matter which role they hold themselves. */
export function reachesEverybody(role: Role): boolean {
  return role === 'global-admin';
}

/** The caller's reach: whom the right may be used on (user-requests section 2, roles). */
export function mayReach(
  caller: { readonly role: Role; readonly domainId: string },
  target: { readonly domainId: string; readonly role: Role | undefined },
): boolean {
  if (reachesEverybody(caller.role)) return true;
  if (caller.domainId !== target.domainId) return false;
  return caller.role === 'domain-admin' ? target.role !== 'global-admin' : target.role === undefined;
}
