import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { Role } from '../core/administrators/administrator.entity.js';
import { PeopleRoles } from '../core/administrators/people-roles.js';
import { mayReach, reachesEverybody } from '../core/administrators/rights.js';
import { Accounts } from '../core/directory/accounts.js';
import type { Directory, Person } from '../core/directory/directory.js';
import type { Domain } from '../core/domains/domain.entity.js';

/** Somebody whom a caller sees, and the role that they hold in their domain. */
export interface SeenPerson {
  readonly person: Person;
  readonly role: Role | undefined;
}

/**
 * Whom of many people an administrator sees at all, on every surface: whom the role reaches, and themselves. Who can be
 * read one by one by nobody of this role is in no list either (attack class 48).
 */
@Injectable()
export class SeenPeople {
  constructor(
    private readonly roles: PeopleRoles,
    private readonly accounts: Accounts,
  ) {}

  /** Those of these people of one domain whom the caller sees, in their order; makes nobody's account. */
  async of(by: AdministratorCaller, domain: Domain, people: readonly Person[]): Promise<SeenPerson[]> {
    const rolesOf = await this.roles.of(domain, people);
    const self = reachesEverybody(by.role) ? undefined : await this.accounts.now(by.accountId);
    return people.flatMap((person) => {
      const { role, standing } = rolesOf(person);
      const own = self?.domainId === domain.id && self.directoryKey === person.key;
      return own || mayReach(by, { domainId: domain.id, role: standing }) ? [{ person, role }] : [];
    });
  }

  /** People of a domain whom the caller does not see, for answers that are not made of people. */
  async unseen(by: AdministratorCaller, domain: Domain, directory: Directory): Promise<Person[]> {
    if (reachesEverybody(by.role)) return [];
    const people = new Map<string, Person>();
    for (const { key, login } of await this.roles.holders(domain)) {
      const person = await (key === null ? directory.findByLogin(login) : directory.findByKey(key));
      if (person) people.set(person.key, person);
    }
    for (const { person } of await this.of(by, domain, [...people.values()])) people.delete(person.key);
    return [...people.values()];
  }
}
