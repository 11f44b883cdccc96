import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { PeopleReach } from '../../people/people-reach.js';
import { PersonChange } from '../../people/person-change.js';
import { PersonCreation } from '../../people/person-creation.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { nameOf, type UserForm } from './user-form.js';
import { UserGroups } from './user-groups.js';
import { FIRST_NAME, LAST_NAME, profileOf } from './user-names.js';
import { UserRole } from './user-role.js';

/** Makes users for administrators (user-requests section 8). */
@Injectable()
export class UserCreation {
  constructor(
    private readonly creation: PersonCreation,
    private readonly people: PersonChange,
    private readonly groups: UserGroups,
    private readonly roles: UserRole,
    private readonly reach: PeopleReach,
  ) {}

  /**
   * Makes a user with roles and groups, or nobody. Without a password: `PASSWORD_SET` lets the person choose one.
   *
   * @throws ApiRefusal 400
   * @throws DomainError `access-denied`, `directory-unsupported`, and as {@link PersonCreation.create}
   */
  async create(domain: Domain, form: UserForm, by: AdministratorCaller): Promise<FoundPerson> {
    const { username, email, phone, locale, active, roles } = form;
    const firstName = nameOf(form.firstName, FIRST_NAME, undefined);
    const lastName = nameOf(form.lastName, LAST_NAME, undefined);
    const login = required('username', username);
    const names = { firstName: required(FIRST_NAME[0], firstName), lastName: required(LAST_NAME[0], lastName) };
    const mail = required('email', email);
    this.roles.requireGivable(by, domain, roles?.role);
    await this.reach.requireLogin(by, domain, login);
    const groups = await this.groups.wanted(domain, form.groups);
    const wanted = {
      login,
      displayName: `${names.firstName} ${names.lastName}`,
      ...names,
      mail,
      mobile: phone ?? undefined,
      language: locale ?? undefined,
      profile: profileOf(form),
      state: active === false ? ('inactive' as const) : ('active' as const),
    };
    const found = await this.creation.create(domain, wanted, by, async (tx, made) => {
      if (roles?.role !== undefined) await this.roles.set(tx, made, roles.role, by);
    });
    if (groups) await this.groups.assign(found, groups).catch((error: unknown) => this.takeBack(found, by, error));
    return found;
  }

  private async takeBack(found: FoundPerson, by: AdministratorCaller, cause: unknown): Promise<never> {
    await this.people.remove(found, by).catch(() => undefined);
    throw cause;
  }
}

function required(member: string, text: string | null | undefined): string {
  if (text === undefined || text === null) throw ApiRefusal.parameter(member, 'missing');
  return text;
}
