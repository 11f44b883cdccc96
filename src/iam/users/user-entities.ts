import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { PersonProfile } from '../../people/person-profile.js';
import { Profiles } from '../../people/profiles.js';
import type { RestRow } from '../../surfaces/iam-rest/list-rows.js';
import { userView } from './user-view.js';

/** Users one by one, as they are shown and as they may change themselves (iam-rest section 7). */
@Injectable()
export class UserEntities {
  constructor(private readonly profiles: Profiles) {}

  /** @param withPassword see {@link userView} */
  async show(found: FoundPerson, withPassword: boolean): Promise<RestRow> {
    return userView(found.person, await this.profiles.one(found), withPassword);
  }

  /** Keeps what somebody says of the own profile. */
  keepProfile(found: FoundPerson, said: PersonProfile): Promise<void> {
    return this.profiles.merge(found, said);
  }
}
