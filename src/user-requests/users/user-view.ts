import type { Account } from '../../core/directory/account.entity.js';
import type { Group } from '../../core/directory/capabilities/person-groups.js';
import type { Person } from '../../core/directory/directory.js';
import type { Role } from '../../core/administrators/administrator.entity.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import type { PersonProfile } from '../../people/person-profile.js';
import { roleCodes } from './wire-roles.js';

/** What of a profile is this surface's own. */
export const PROFILE_TEXTS = ['middleName', 'info', 'timeZone'] as const;

/** All that is told of a user. */
export interface UserFacts {
  readonly domain: Domain;
  readonly person: Person;
  /** Undefined for somebody whom nobody here has seen before. */
  readonly account: Pick<Account, 'state' | 'firstLogonAt' | 'lastLogonAt'> | undefined;
  readonly profile: PersonProfile | undefined;
  readonly role: Role | undefined;
  readonly groups: readonly Pick<Group, 'key' | 'name'>[];
}

export type UserJson = Readonly<Record<string, unknown>>;

/**
 * The user JSON of user-requests section 8. The documentation names people by `firstName` and `lastName`, the SDK reads
 * `name` and `surname`: both are there.
 */
export function userView({ domain, person, account, profile, role, groups }: UserFacts): UserJson {
  const names = { firstName: person.firstName ?? null, lastName: person.lastName ?? null };
  const [middleName, info, timeZone] = PROFILE_TEXTS.map((name) => textOf(profile?.[name]));
  return {
    id: person.key,
    username: person.login,
    domain_id: domain.id,
    ...names,
    middleName,
    name: names.firstName,
    surname: names.lastName,
    email: person.mail ?? null,
    active: isActive(person, account),
    info,
    firstLogin: httpDate(account?.firstLogonAt),
    lastLogin: httpDate(account?.lastLogonAt),
    phone: person.mobile ?? null,
    timeZone,
    locale: person.language ?? null,
    roles: roleCodes(role, profile?.['roles']).map((code) => ({ role: code })),
    groups: groups.map(({ key, name }) => ({ id: key, name })),
  };
}

/** A user without what the caller does not want. */
export function without(user: UserJson, excluded: ReadonlySet<string>): UserJson {
  return Object.fromEntries(Object.entries(user).filter(([name]) => !excluded.has(name)));
}

/** Whether anything may be done for somebody; see `isUsable`. */
export function isActive(person: Person, account: Pick<Account, 'state'> | undefined): boolean {
  return (account?.state ?? 'active') === 'active' && !person.disabled && !person.expired;
}

/** `Tue, 14 Oct 2025 08:15:00 GMT` (RFC 9110 section 5.6.7). */
function httpDate(at: Date | null | undefined): string | null {
  return at?.toUTCString() ?? null;
}

/** What is kept may have been written by another surface. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
