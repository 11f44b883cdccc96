import { foldName } from '../../domains/fold-name.js';
import type { PeopleList, PeoplePage, PeopleQuery, PersonField } from '../capabilities/people-list.js';
import type { PersonGroups } from '../capabilities/person-groups.js';
import type { Person } from '../directory.js';
import type { Clock } from '../../time/clock.js';
import type { AccountSwitch } from './account-switch.js';
import type { EntryAccess } from './entry-access.js';
import type { LdapEntry } from './ldap-entry.js';
import { allOf, anyOf, equals, type LdapFilter } from './ldap-filters.js';
import { describedPerson } from './person-of.js';

/** People that are put in order at most; beyond, pages are of those that the server gave first. */
const MAX_ORDERED = 10_000;
const MAX_PAGE = 1_000;

/** What the list needs of its directory besides. */
export interface ListTools {
  readonly access: EntryAccess;
  readonly groups: PersonGroups;
  readonly accounts: AccountSwitch;
  readonly clock: Clock;
}

/**
 * People of an LDAP directory page by page. Few servers sort (RFC 2891 is optional and often switched off), so all that
 * match are read with their names only, put in order here, and those of the page described in full.
 */
export class LdapList implements PeopleList {
  constructor(private readonly tools: ListTools) {}

  async page(query: PeopleQuery): Promise<PeoplePage> {
    const { access, groups } = this.tools;
    const filter = this.filterOf(query.where ?? {});
    if (filter === 'nobody') return { people: [], complete: true };
    const members = query.group === undefined ? undefined : new Set(await groups.members(query.group));
    return access.pool.read(async (connection) => {
      const { entries, complete } = await access.people.findMany(connection, filter, MAX_ORDERED);
      const picked = entries.filter((entry) => this.isWanted(entry, query.disabled, members));
      const ordered = this.inOrder(picked, query.order ?? []);
      const people: Person[] = [];
      for (const entry of ordered.slice(query.offset, query.offset + Math.min(query.limit, MAX_PAGE))) {
        people.push(await access.toPerson(entry, connection));
      }
      return { people, complete };
    });
  }

  private isWanted(entry: LdapEntry, disabled: boolean | undefined, members: ReadonlySet<string> | undefined): boolean {
    const { access, accounts, clock } = this.tools;
    if (disabled !== undefined && accounts.isDisabled(entry, clock.now()) !== disabled) return false;
    return members === undefined || members.has(access.keyOf(entry) ?? '');
  }

  private filterOf(where: NonNullable<PeopleQuery['where']>): LdapFilter | undefined | 'nobody' {
    const filters: LdapFilter[] = [];
    for (const [field, value] of Object.entries(where) as [PersonField, string | undefined][]) {
      if (value === undefined) continue;
      const names = this.attributesOf(field);
      if (names.length === 0 || value.trim() === '' || value.includes('\0') || !value.isWellFormed()) return 'nobody';
      filters.push(anyOf(...names.map((name) => equals(name, value))));
    }
    return filters.length === 0 ? undefined : allOf(...filters);
  }

  private attributesOf(field: PersonField): readonly string[] {
    const { loginAttributes, attributes } = this.tools.access.settings;
    if (field === 'login') return loginAttributes;
    const name = attributes[field];
    return name === null ? [] : [name];
  }

  private inOrder(entries: readonly LdapEntry[], order: NonNullable<PeopleQuery['order']>): LdapEntry[] {
    const keys = [...order, { field: 'login' as const, descending: false }];
    const named = entries.map((entry) => {
      const person = describedPerson(entry, this.tools.access.settings);
      return { entry, names: keys.map(({ field }) => foldName(person[field] ?? '')) };
    });
    named.sort((a, b) => {
      const index = keys.findIndex((_, position) => a.names[position] !== b.names[position]);
      if (index === -1) return 0;
      const [one = '', other = ''] = [a.names[index], b.names[index]];
      // Who has no such thing comes last, whichever way round.
      if (one === '' || other === '') return one === '' ? 1 : -1;
      return (one < other ? -1 : 1) * (keys[index]?.descending ? -1 : 1);
    });
    return named.map(({ entry }) => entry);
  }
}
