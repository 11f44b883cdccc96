import { Injectable } from '@nestjs/common';
import { PeopleRoles } from '../../core/administrators/people-roles.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Profiles } from '../../people/profiles.js';
import { UserGroups } from './user-groups.js';
import { type UserJson, userView, without } from './user-view.js';

/** Users one by one, as they are shown. */
@Injectable()
export class ShownUsers {
  constructor(
    private readonly profiles: Profiles,
    private readonly roles: PeopleRoles,
    private readonly groups: UserGroups,
  ) {}

  /** @throws DomainError `directory-unavailable` */
  async show(found: FoundPerson, excluded: ReadonlySet<string>): Promise<UserJson> {
    const { domain, directory, person, account } = found;
    const rolesOf = await this.roles.of(domain, [person]);
    const groups = excluded.has('groups') ? undefined : await this.groups.ofEach(directory, [person]);
    const user = userView({
      domain,
      person,
      account,
      profile: await this.profiles.one(found),
      role: rolesOf(person).role,
      groups: groups?.get(person.key) ?? [],
    });
    return without(user, excluded);
  }
}
