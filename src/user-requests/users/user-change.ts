import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { Database } from '../../core/database/database.js';
import type { PersonChanges } from '../../core/directory/capabilities/person-registry.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { foldName } from '../../core/domains/fold-name.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { PeopleReach } from '../../people/people-reach.js';
import { isOther, PersonChange } from '../../people/person-change.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { nameOf, type UserForm } from './user-form.js';
import { UserGroups } from './user-groups.js';
import { FIRST_NAME, followingDisplayName, LAST_NAME, profileOf } from './user-names.js';
import { UserRole } from './user-role.js';
import { statusOf, UserStatuses } from './user-status.js';

/** Changes users for administrators (user-requests section 8). What a client sends back as it was, changes nothing. */
@Injectable()
export class UserChange {
  constructor(
    private readonly database: Database,
    private readonly people: PersonChange,
    private readonly groups: UserGroups,
    private readonly roles: UserRole,
    private readonly reach: PeopleReach,
    private readonly statuses: UserStatuses,
  ) {}

  /**
   * Everything is looked at before anything is changed.
   *
   * @throws ApiRefusal 400
   * @throws DomainError `access-denied`, `directory-unsupported`, `login-taken`, `attribute-not-valid`
   */
  async change(found: FoundPerson, form: UserForm, by: AdministratorCaller): Promise<void> {
    const { domain, directory, person } = found;
    requireSameDomain(domain, form.domain);
    const fields = changedFields(found, form);
    const present = await this.roles.of(found);
    const role = form.roles && form.roles.role !== present ? form.roles : undefined;
    if (role) {
      if (found.account.id === by.accountId) throw new DomainError('access-denied', { detail: 'the own role' });
      this.roles.requireGivable(by, domain, role.role);
    }
    if (fields.login !== undefined) await this.reach.requireLogin(by, domain, fields.login);
    const groupsNow = form.groups && (await this.groups.ofEach(directory, [person])).get(person.key);
    const groups = await this.groups.wanted(domain, form.groups, groupsNow);

    const changed = await this.people.change(found, { fields, profile: profileOf(form) }, by);
    if (fields.login !== undefined && present !== undefined) {
      await this.database.transaction((tx) => this.roles.follow(tx, found, changed.person.login));
    }
    if (role) await this.database.transaction((tx) => this.roles.set(tx, changed, role.role, by));
    if (groups) await this.groups.assign(changed, groups);
    const status = form.active === undefined ? undefined : form.active ? 'ACTIVE' : 'INACTIVE';
    if (status !== undefined && status !== statusOf(found)) await this.statuses.set(changed, status, by);
  }
}

function requireSameDomain({ id, name }: Domain, said: string | undefined): void {
  if (said === undefined || said.toLowerCase() === id || foldName(said) === foldName(name)) return;
  throw ApiRefusal.parameter('domain_id', 'cannot be changed');
}

function changedFields({ person }: FoundPerson, form: UserForm): Omit<PersonChanges, 'profile'> {
  const { username, email, phone, locale } = form;
  const firstName = nameOf(form.firstName, FIRST_NAME, person.firstName);
  const lastName = nameOf(form.lastName, LAST_NAME, person.lastName);
  const displayName = followingDisplayName(person, { firstName, lastName });
  return {
    ...(username !== undefined && username !== person.login && { login: username }),
    ...(displayName !== undefined && { displayName }),
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(isOther(email, person.mail) && { mail: email }),
    ...(isOther(phone, person.mobile) && { mobile: phone }),
    ...(isOther(locale, person.language) && { language: locale }),
  };
}
