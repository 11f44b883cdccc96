import type { Group, PersonGroups } from '../capabilities/person-groups.js';
import type { Person } from '../directory.js';
import { formatDn, parseDn } from '../distinguished-name.js';
import { DomainError } from '../../errors/domain-error.js';
import type { EntryAccess } from './entry-access.js';
import type { GroupSchema } from './group-schema.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import { allOf, type LdapFilter } from './ldap-filters.js';
import { searchRequest } from './ldap-requests.js';
import { namingContextsAbove } from './naming-context.js';
import { searchPages } from './paged-search.js';

const MAX_GROUPS = 1_000;
const MAX_MEMBERS = 1_000;

/** Groups of people in an LDAP directory; found below `groupBaseDn`, else in the whole suffix that the people are in. */
export class LdapGroups implements PersonGroups {
  constructor(
    private readonly access: EntryAccess,
    private readonly schema: GroupSchema,
  ) {}

  async of(person: Person): Promise<readonly Group[]> {
    const { pool, people, settings } = this.access;
    const { schema } = this;
    return pool.read(async (connection) => {
      const attributes = [...people.attributes, ...schema.personAttributes];
      const entry = await this.access.entryOf(person, connection, attributes);
      const found = await this.search(connection, schema.holding(entry, settings), []);
      const known = new Set(found.map(({ dn }) => comparable(dn)));
      const more = schema.named(entry).filter((dn) => !known.has(comparable(dn)));
      const named = await Promise.all(more.slice(0, MAX_GROUPS).map((dn) => this.read(connection, dn)));
      return this.groups([...found, ...named.filter((group) => group !== undefined)]);
    });
  }

  async all(): Promise<readonly Group[]> {
    return this.access.pool.read(async (connection) =>
      this.groups(await this.search(connection, this.schema.groups, [])),
    );
  }

  async members(key: string): Promise<readonly string[]> {
    const filter = this.access.keyFilter(key);
    if (!filter) return [];
    const { access } = this;
    const { pool, people, settings, keyAttribute } = access;
    return pool.read(async (connection) => {
      const wanted = allOf(this.schema.groups, filter);
      const [group] = await this.search(connection, wanted, this.schema.groupAttributes);
      const keys = new Set<string>();
      for (const portion of group ? this.schema.inside(group, settings) : []) {
        const { entries } = await people.findMany(connection, portion, MAX_MEMBERS, [keyAttribute]);
        for (const entry of entries) keys.add(access.keyOf(entry) ?? '');
        if (keys.size >= MAX_MEMBERS) break;
      }
      return [...keys].filter((held) => held !== '').slice(0, MAX_MEMBERS);
    });
  }

  private async search(
    connection: LdapConnection,
    filter: LdapFilter,
    attributes: readonly string[],
  ): Promise<readonly LdapEntry[]> {
    const { entries } = await searchPages(connection, {
      base: await this.base(connection),
      scope: 'subtree',
      filter,
      attributes: [...this.attributes(), ...attributes],
      limit: MAX_GROUPS,
      timeLimitMs: this.access.settings.operationTimeoutMs,
    });
    return entries;
  }

  /** A group by its name, wherever it is; undefined when there is none that may be seen. */
  private async read(connection: LdapConnection, dn: string): Promise<LdapEntry | undefined> {
    const filter = this.schema.groups;
    const options = { base: dn, scope: 'base', filter, attributes: this.attributes(), sizeLimit: 1 } as const;
    return (await connection.send(searchRequest(options))).entries[0];
  }

  private async base(connection: LdapConnection): Promise<string> {
    const { groupBaseDn, baseDn } = this.access.settings;
    if (groupBaseDn !== null) return groupBaseDn;
    const [suffix = baseDn] = await namingContextsAbove(baseDn, connection);
    return suffix;
  }

  private attributes(): string[] {
    return ['cn', 'description', this.access.keyAttribute];
  }

  private groups(entries: readonly LdapEntry[]): Group[] {
    const groups = entries.map((entry) => {
      const key = this.access.keyOf(entry);
      if (key === undefined) {
        const detail = `the service account cannot read ${this.access.keyAttribute} of groups`;
        throw new DomainError('directory-misconfigured', { detail });
      }
      return { key, dn: entry.dn, name: entry.text('cn') ?? entry.dn, description: entry.text('description') };
    });
    return groups.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }
}

function comparable(dn: string): string {
  const levels = parseDn(dn);
  return (levels ? formatDn(levels) : dn).toLowerCase();
}
