import { Injectable } from '@nestjs/common';
import type { Group } from '../../core/directory/capabilities/person-groups.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';
import type { OAuthCaller } from '../../surfaces/oauth1/oauth-caller.js';
import { dataOf } from './data-json.js';
import { ShownUsers } from './shown-users.js';
import { UserChange } from './user-change.js';
import { UserCreation } from './user-creation.js';
import { readUser } from './user-form.js';
import { UserGroups } from './user-groups.js';
import { type UserImage, userImage } from './user-image.js';
import { UserListing, type UserQuery } from './user-listing.js';
import { readStatus, statusOf, type UserStatus, UserStatuses } from './user-status.js';
import { type NamedUser, UserTargets } from './user-targets.js';
import type { UserJson } from './user-view.js';

/** Who may do what with users (user-requests sections 2 and 8). */
@Injectable()
export class UserDesk {
  constructor(
    private readonly targets: UserTargets,
    private readonly users: ShownUsers,
    private readonly listing: UserListing,
    private readonly groups: UserGroups,
    private readonly creation: UserCreation,
    private readonly changes: UserChange,
    private readonly statuses: UserStatuses,
  ) {}

  async show(caller: OAuthCaller, named: NamedUser, excluded: ReadonlySet<string>): Promise<UserJson> {
    return this.users.show(await this.targets.readable(caller, named), excluded);
  }

  async status(caller: OAuthCaller, named: NamedUser): Promise<UserStatus> {
    return statusOf(await this.targets.readable(caller, named));
  }

  /** @throws ApiRefusal 404 for somebody without a picture */
  async image(caller: OAuthCaller, named: NamedUser): Promise<UserImage> {
    const image = await userImage(await this.targets.readable(caller, named));
    if (!image) throw ApiRefusal.notFound('image');
    return image;
  }

  /** For global and domain administrators. */
  async list(caller: OAuthCaller, domainName: string, query: UserQuery): Promise<UserJson[]> {
    const { by, domain } = await this.targets.domain(caller, 'search-people', domainName);
    return this.listing.page(by, domain, query);
  }

  /** For global and domain administrators. */
  async listGroups(caller: OAuthCaller, domainName: string): Promise<readonly Group[]> {
    const { domain } = await this.targets.domain(caller, 'search-people', domainName);
    return this.groups.all(domain);
  }

  /** For global and domain administrators. @returns the id of the user */
  async create(caller: OAuthCaller, form: FormParameters): Promise<string> {
    // Who may not make users is not told what is wrong with one.
    await this.targets.domain(caller, 'change-people', undefined);
    const user = readUser(dataOf(form));
    const { by, domain } = await this.targets.domain(caller, 'change-people', user.domain);
    return (await this.creation.create(domain, user, by)).person.key;
  }

  /** For global and domain administrators. */
  async change(caller: OAuthCaller, named: NamedUser, form: FormParameters): Promise<void> {
    const { found, by } = await this.targets.changeable(caller, named);
    await this.changes.change(found, readUser(dataOf(form)), by);
  }

  /** For global and domain administrators. */
  async setStatus(caller: OAuthCaller, named: NamedUser, form: FormParameters): Promise<void> {
    const { found, by } = await this.targets.changeable(caller, named);
    await this.statuses.set(found, readStatus(form.required('status')), by);
  }
}
