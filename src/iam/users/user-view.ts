import type { Person } from '../../core/directory/directory.js';
import type { RestRow } from '../../surfaces/iam-rest/list-rows.js';
import type { RestValue } from '../../surfaces/iam-rest/rest-answer.js';
import { restDate } from '../sessions/session-view.js';
import type { PersonProfile } from '../../people/person-profile.js';

/** Stands for a password that there is (iam-rest section 7). */
const MASKED = '*****';

/**
 * The user entity of iam-rest section 7.
 *
 * @param withPassword whether the mask of the password is shown, as administrators see it
 */
export function userView(person: Person, profile: PersonProfile | undefined, withPassword: boolean): RestRow {
  const { opts, ...others } = profile ?? {};
  return {
    timezone: 'default',
    ...(others as RestRow),
    id: person.key,
    name: person.displayName,
    login: person.login,
    ...(withPassword && { pwd: MASKED }),
    opts: {
      ...(opts as Readonly<Record<string, RestValue>> | undefined),
      ...(person.mail !== undefined && { email: person.mail }),
      isblocked: person.disabled,
    },
    ...(person.passwordChangedAt && { ext: { lwt: restDate(person.passwordChangedAt) } }),
  };
}
