import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { PeopleQuery, PersonField } from '../../core/directory/capabilities/people-list.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { PeoplePages } from '../../people/people-pages.js';
import type { ListQuery } from '../../surfaces/iam-rest/list-query.js';
import { compareBy, matches, type RestRow, shown } from '../../surfaces/iam-rest/list-rows.js';
import { userView } from './user-view.js';

/** Fields that a directory can pick by and put in order itself. */
const FIELDS: Readonly<Record<string, PersonField>> = { login: 'login', name: 'displayName', 'opts.email': 'mail' };
const BLOCKED = 'opts.isblocked';

/** People read in all where fields are asked for that directories do not know. */
const MOST_PEOPLE = 10_000;

/** What a directory can do of a list itself, and what is left to do. */
interface SplitQuery {
  readonly query: Pick<PeopleQuery, 'where' | 'disabled' | 'order'>;
  readonly filter: ReadonlyMap<string, string>;
  /** Whether the order is left to do, too. */
  readonly unordered: boolean;
}

/** Users of a domain whom a caller sees, page by page (iam-rest section 7). */
@Injectable()
export class UserList {
  constructor(private readonly people: PeoplePages) {}

  async page(by: AdministratorCaller, domain: Domain, list: ListQuery): Promise<RestRow[]> {
    const { query, filter, unordered } = splitQuery(list);
    if (list.limit === 0) return [];
    if (filter.size === 0 && !unordered) {
      const rows = await this.rows(by, domain, { ...query, offset: list.offset, limit: list.limit });
      return rows.map((row) => shown(row, list));
    }
    const everybody = await this.rows(by, domain, { ...query, offset: 0, limit: MOST_PEOPLE });
    const all = everybody.filter((row) => matches(row, filter));
    const ordered = unordered ? all.toSorted(compareBy(list.order)) : all;
    return ordered.slice(list.offset, list.offset + list.limit).map((row) => shown(row, list));
  }

  private async rows(by: AdministratorCaller, domain: Domain, query: PeopleQuery): Promise<RestRow[]> {
    const { people } = await this.people.page(by, domain, query);
    return people.map(({ person, profile }) => userView(person, profile, true));
  }
}

function splitQuery({ filter, order }: ListQuery): SplitQuery {
  const where: Partial<Record<PersonField, string>> = {};
  const rest = new Map(filter);
  let disabled: boolean | undefined;
  for (const [name, wanted] of filter) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field !== undefined && wanted !== '') where[field] = wanted;
    else if (name === BLOCKED && /^(true|false)$/.test(wanted)) disabled = wanted === 'true';
    else continue;
    rest.delete(name);
  }
  const fields = order.map(({ field, descending }) => ({
    field: Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined,
    descending,
  }));
  const known = fields.flatMap(({ field, descending }) => (field === undefined ? [] : [{ field, descending }]));
  return {
    query: { where, ...(disabled !== undefined && { disabled }), order: known },
    filter: rest,
    unordered: known.length < order.length,
  };
}
