import type { Role } from './administrator.entity.js';

/**
 * What an administrator may be allowed to do. Each method of a surface names the one that it needs; there is no
 * method without one.
 */
export const RIGHTS = [
  /** Send people links to help themselves: reset, enrolment. */
  'send-links',
  /** See what the directory and this server know of a person. */
  'read-people',
  /** Open a portal to a person for a while. */
  'unlock-access',
  /** See how the server is, and use its tools that touch nobody. */
  'use-server',
  /** Search the directory. */
  'search-people',
  /** Change a person's attributes, certificates and activation. */
  'change-people',
  /** Set a person's password, and try whether one is right. */
  'handle-passwords',
  /** Give people authenticators, switch them on and off, and take them away; see secrets of theirs that are shown once. */
  'handle-authenticators',
  /** See which tokens are in stock. */
  'read-inventory',
  /** See what happened. */
  'read-events',
  /** Write to any address in the server's name. */
  'send-messages',
] as const;
export type Right = (typeof RIGHTS)[number];

/** Helping people help themselves, without seeing or setting a secret of theirs. */
const HELP: readonly Right[] = ['send-links', 'read-people', 'unlock-access', 'use-server'];

/** Which rights a role has. A role that is not named here has none. */
const ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  'global-admin': RIGHTS,
  'domain-admin': RIGHTS,
  'user-manager': HELP,
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
