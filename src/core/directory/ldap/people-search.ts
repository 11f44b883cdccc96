import { DomainError } from '../../errors/domain-error.js';
import { parseFilter } from '../filter/parse-filter.js';
import { encodeFilter } from './encode-filter.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import { allOf, anyOf, equals, type LdapFilter, present } from './ldap-filters.js';
import { searchRequest } from './ldap-requests.js';
import { type FoundEntries, searchPages } from './paged-search.js';
import type { LdapSettings } from './ldap-settings.js';
import type { LdapReply } from './ldap-reply.js';
import { expectSuccess } from './refusals.js';
import { RESULT } from './result-codes.js';

/** Enough to tell one from several. */
const TWO = 2;

const SEARCHING = 'searching for a person';

/** Searches for people: only below the base, only what the user filter lets through, never more than one. */
export class PeopleSearch {
  private readonly userFilter: LdapFilter;
  /** What is read of a person. */
  readonly attributes: readonly string[];

  /** @throws DomainError `directory-misconfigured` when the user filter is none */
  constructor(
    private readonly settings: LdapSettings,
    stateAttributes: readonly string[],
  ) {
    this.userFilter = readFilter(settings);
    const named = Object.values<string | null>({ ...settings.attributes }).filter((name) => name !== null);
    this.attributes = [...new Set([...named, ...settings.loginAttributes, ...stateAttributes])];
  }

  byLogin(login: string): LdapFilter {
    return anyOf(...this.settings.loginAttributes.map((attribute) => equals(attribute, login)));
  }

  /**
   * The one person that matches, with other attributes than usual if need be.
   *
   * @throws DomainError `account-ambiguous` when there are several
   */
  async findOne(
    connection: LdapConnection,
    filter: LdapFilter,
    attributes: readonly string[] = this.attributes,
  ): Promise<LdapEntry | undefined> {
    const reply = await this.search(connection, allOf(this.userFilter, filter), attributes, TWO);
    // A third one ends the search with "size limit exceeded", which means the same.
    if (reply.entries.length > 1 || reply.status === RESULT.sizeLimitExceeded) {
      throw new DomainError('account-ambiguous', { detail: `directory ${this.settings.name}: several entries match` });
    }
    return expectSuccess(reply, SEARCHING).entries[0];
  }

  /** The people that match, in no order; see {@link searchPages}. */
  findMany(
    connection: LdapConnection,
    filter: LdapFilter | undefined,
    limit: number,
    attributes: readonly string[] = this.attributes,
  ): Promise<FoundEntries> {
    return searchPages(connection, {
      base: this.settings.baseDn,
      scope: 'subtree',
      filter: filter ? allOf(this.userFilter, filter) : this.userFilter,
      attributes,
      limit,
      timeLimitMs: this.settings.operationTimeoutMs,
    });
  }

  /** Anybody, for a dry run. */
  async sample(connection: LdapConnection, size: number): Promise<readonly LdapEntry[]> {
    const reply = await this.search(connection, this.userFilter, this.attributes, size);
    return reply.status === RESULT.sizeLimitExceeded ? reply.entries : expectSuccess(reply, SEARCHING).entries;
  }

  /** Whether there is an entry of this name that the service account may see. */
  async exists(connection: LdapConnection, dn: string): Promise<boolean> {
    const options = { base: dn, scope: 'base', filter: present('objectClass'), attributes: ['1.1'] } as const;
    const reply = await connection.send(searchRequest({ ...options, sizeLimit: 1 }));
    if (reply.status === RESULT.noSuchObject || reply.status === RESULT.invalidDnSyntax) return false;
    return expectSuccess(reply, 'reading an entry').entries.length > 0;
  }

  /** @throws DomainError `directory-misconfigured` when the base cannot be seen */
  async expectBase(connection: LdapConnection): Promise<void> {
    const { baseDn } = this.settings;
    const options = { base: baseDn, scope: 'base', filter: present('objectClass'), attributes: ['1.1'] } as const;
    const reply = expectSuccess(await connection.send(searchRequest({ ...options, sizeLimit: 1 })), 'reading the base');
    if (reply.entries.length === 0) {
      throw new DomainError('directory-misconfigured', { detail: `the service account cannot see ${baseDn}` });
    }
  }

  private search(
    connection: LdapConnection,
    filter: LdapFilter,
    attributes: readonly string[],
    sizeLimit: number,
  ): Promise<LdapReply> {
    const { baseDn: base } = this.settings;
    return connection.send(searchRequest({ base, scope: 'subtree', filter, attributes, sizeLimit }));
  }
}

function readFilter({ name, userFilter }: LdapSettings): LdapFilter {
  try {
    return encodeFilter(parseFilter(userFilter));
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'not a filter';
    const detail = `directory ${name}: userFilter (RFC 4515): ${problem}`;
    throw new DomainError('directory-misconfigured', { detail, cause: error });
  }
}
