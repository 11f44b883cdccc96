import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { mayUse } from '../../core/administrators/rights.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { JsonObject } from '../../core/web/strict-json.js';
import { PeopleReach } from '../../people/people-reach.js';
import { PersonFinder } from '../../people/person-finder.js';
import type { ListQuery } from '../../surfaces/iam-rest/list-query.js';
import type { RestRow } from '../../surfaces/iam-rest/list-rows.js';
import { requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { IamAdministrators } from '../sessions/iam-administrators.js';
import type { IamCaller } from '../sessions/iam-caller.js';
import { UserChanges } from './user-changes.js';
import { UserEntities } from './user-entities.js';
import { readUser } from './user-form.js';
import { UserList } from './user-list.js';

/** What a caller says of where the user is; the own domain when absent. */
export interface UserPlace {
  readonly domain: string | undefined;
}

/** `current`, or the id of a user. */
const CURRENT = 'current';

/** Who may do what with users: administrators what their role reaches, everybody else see themselves. */
@Injectable()
export class UserDesk {
  constructor(
    private readonly administrators: IamAdministrators,
    private readonly reach: PeopleReach,
    private readonly finder: PersonFinder,
    private readonly users: UserEntities,
    private readonly changes: UserChanges,
    private readonly lists: UserList,
  ) {}

  /** @throws DomainError `access-denied`, `domain-not-found` */
  async list(caller: IamCaller, { domain }: UserPlace, query: ListQuery): Promise<RestRow[]> {
    const administrator = await this.administrators.require(caller, 'read-people');
    return this.lists.page(administrator, await this.reach.domain(administrator, domain), query);
  }

  async show(caller: IamCaller, id: string, place: UserPlace): Promise<RestRow> {
    const administrator = await this.administrators.of(caller);
    if (isSelf(caller, id)) return this.users.show(caller.found, administrator !== undefined);
    if (!administrator || !mayUse(administrator.role, 'read-people')) throw new DomainError('access-denied');
    return this.users.show(await this.reached(administrator, id, place), true);
  }

  async create(caller: IamCaller, body: JsonObject, place: UserPlace): Promise<RestRow> {
    const administrator = await this.administrators.require(caller, 'change-people');
    const domain = await this.reach.domain(administrator, place.domain);
    requirePresent(body, 'login', 'name');
    const form = readUser(body);
    const named = { ...form, login: form.login ?? '', name: form.name ?? '' };
    await this.reach.requireLogin(administrator, domain, named.login);
    return this.users.show(await this.changes.create(domain, named, administrator), true);
  }

  /** Everybody may change the own time zone; all else is for administrators. */
  async change(caller: IamCaller, id: string, body: JsonObject, place: UserPlace): Promise<RestRow> {
    const administrator = await this.administrators.of(caller);
    if (!administrator || !mayUse(administrator.role, 'change-people')) return this.changeOwn(caller, id, body);
    const form = readUser(body);
    const found = isSelf(caller, id) ? caller.found : await this.reached(administrator, id, place);
    const renamed = form.login !== undefined && form.login !== found.person.login;
    if (renamed) await this.reach.requireLogin(administrator, found.domain, form.login);
    const wanted = { ...form, login: renamed ? form.login : undefined };
    const changed = await this.changes.change(found, wanted, administrator);
    return this.users.show(changed, true);
  }

  async remove(caller: IamCaller, id: string, place: UserPlace): Promise<void> {
    const administrator = await this.administrators.require(caller, 'change-people');
    if (isSelf(caller, id)) throw RestRefusal.forbidden('one cannot remove oneself');
    await this.changes.remove(await this.reached(administrator, id, place), administrator);
  }

  /** The id of the user with a login (verb `LOOKUP`). */
  async lookUp(caller: IamCaller, body: JsonObject, place: UserPlace): Promise<{ id: string }> {
    const administrator = await this.administrators.require(caller, 'read-people');
    const domain = await this.reach.domain(administrator, place.domain);
    requirePresent(body, 'login');
    const id = await this.finder.idOf(administrator, domain, textOf(body, 'login'));
    if (id === undefined) throw RestRefusal.notFound('user');
    return { id };
  }

  private async changeOwn(caller: IamCaller, id: string, body: JsonObject): Promise<RestRow> {
    const others = Object.keys(body).filter((name) => name !== 'timezone');
    if (!isSelf(caller, id) || others.length > 0) throw new DomainError('access-denied');
    await this.users.keepProfile(caller.found, readUser(body).profile);
    return this.users.show(caller.found, false);
  }

  private async reached(by: AdministratorCaller, id: string, { domain }: UserPlace): Promise<FoundPerson> {
    const found = await this.finder.byId(await this.reach.domain(by, domain), id);
    if (!found) throw RestRefusal.notFound('user');
    await this.reach.requireReach(by, found);
    return found;
  }
}

function isSelf({ found }: IamCaller, id: string): boolean {
  return id === CURRENT || id.toLowerCase() === found.person.key.toLowerCase();
}
