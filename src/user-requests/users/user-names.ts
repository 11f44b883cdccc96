import type { Person } from '../../core/directory/directory.js';
import type { PersonProfile } from '../../people/person-profile.js';
import type { UserForm } from './user-form.js';

/** Members of the JSON that mean the same: as documented, and as the SDK has it. */
export const FIRST_NAME = ['firstName', 'name'] as const;
export const LAST_NAME = ['lastName', 'surname'] as const;

/** What of a form the profile keeps. */
export function profileOf({ profile, roles }: UserForm): PersonProfile {
  return { ...profile, ...(roles && { roles: roles.others }) };
}

/**
 * The display name for new names: it follows them where it was made of them, and stays where somebody chose another one.
 *
 * @returns undefined when it stays
 */
export function followingDisplayName(
  { displayName, firstName, lastName }: Pick<Person, 'displayName' | 'firstName' | 'lastName'>,
  names: { readonly firstName?: string | null | undefined; readonly lastName?: string | null | undefined },
): string | undefined {
  if (displayName !== joined(firstName, lastName)) return undefined;
  const { firstName: first = firstName, lastName: last = lastName } = names;
  const following = joined(first, last);
  return following === '' || following === displayName ? undefined : following;
}

function joined(...names: readonly (string | null | undefined)[]): string {
  return names.filter((name) => name !== undefined && name !== null && name !== '').join(' ');
}
