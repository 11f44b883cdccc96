import type { FoundObjects, ObjectQuery, ObjectSearch, SearchScope } from '../capabilities/object-search.js';
import { below } from '../distinguished-name.js';
import { parseCallerFilter } from '../filter/caller-filter.js';
import { DomainError } from '../../errors/domain-error.js';
import { encodeFilter } from './encode-filter.js';
import type { EntryAccess } from './entry-access.js';
import { askedFor, valuesOfEntry } from './entry-values.js';
import { present } from './ldap-filters.js';
import { searchPages } from './paged-search.js';

const MAX_OBJECTS = 1_000;

const SCOPES = { base: 'base', one: 'one', sub: 'subtree' } as const satisfies Record<SearchScope, string>;

/** Free search below the base of an LDAP directory. */
export class LdapSearch implements ObjectSearch {
  constructor(private readonly access: EntryAccess) {}

  async find(query: ObjectQuery): Promise<FoundObjects> {
    const { pool, settings, people } = this.access;
    const filter = query.filter === undefined ? present('objectClass') : encodeFilter(parseCallerFilter(query.filter));
    const wanted = query.baseDn ?? settings.baseDn;
    const base = below(wanted, settings.baseDn);
    const nowhere = new DomainError('account-not-found', { params: { dn: wanted } });
    if (base === undefined) throw nowhere;
    return pool.read(async (connection) => {
      // A base that is not there is told from one that is the service account's fault.
      if (base !== settings.baseDn && !(await people.exists(connection, base))) throw nowhere;
      const { entries, complete } = await searchPages(connection, {
        base,
        scope: SCOPES[query.scope ?? 'sub'],
        filter,
        attributes: askedFor(query.attributes),
        limit: Math.min(query.limit ?? MAX_OBJECTS, MAX_OBJECTS),
        timeLimitMs: settings.operationTimeoutMs,
      });
      const objects = entries.map((entry) => ({
        dn: entry.dn,
        attributes: valuesOfEntry(entry, query.attributes),
      }));
      return { objects, complete };
    });
  }
}
