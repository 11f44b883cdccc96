import { DomainError } from '../../errors/domain-error.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import { allOf, anyOf, equals, type LdapFilter, parseFilter, present, searchRequest } from './ldap-requests.js';
import type { LdapSettings } from './ldap-settings.js';
import { expectSuccess } from './refusals.js';
import { RESULT } from './result-codes.js';

/** Enough to tell one from several. */
const TWO = 2;

/** Searches for people: only below the base, only what the user filter lets through, never more than one. */
export class PeopleSearch {
  private readonly userFilter: LdapFilter;
  private readonly attributes: readonly string[];

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
   * The one person that matches, with `more` attributes than usual if need be.
   *
   * @throws DomainError `account-ambiguous` when there are several
   */
  async findOne(
    connection: LdapConnection,
    filter: LdapFilter,
    more: readonly string[] = [],
  ): Promise<LdapEntry | undefined> {
    const entries = await this.upToTwo(connection, allOf(this.userFilter, filter), more);
    if (entries.length > 1) {
      throw new DomainError('account-ambiguous', { detail: `directory ${this.settings.name}: several entries match` });
    }
    return entries[0];
  }

  /** Anybody, for a dry run. */
  async sample(connection: LdapConnection): Promise<LdapEntry | undefined> {
    return (await this.upToTwo(connection, this.userFilter))[0];
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

  private async upToTwo(
    connection: LdapConnection,
    filter: LdapFilter,
    more: readonly string[] = [],
  ): Promise<readonly LdapEntry[]> {
    const attributes = [...this.attributes, ...more];
    const options = { base: this.settings.baseDn, scope: 'subtree', filter, attributes, sizeLimit: TWO } as const;
    const reply = await connection.send(searchRequest(options));
    if (reply.status === RESULT.sizeLimitExceeded && reply.entries.length >= TWO) return reply.entries;
    return expectSuccess(reply, 'searching for a person').entries;
  }
}

function readFilter({ name, userFilter }: LdapSettings): LdapFilter {
  try {
    return parseFilter(userFilter);
  } catch (error) {
    const detail = `directory ${name}: userFilter is not a filter (RFC 4515)`;
    throw new DomainError('directory-misconfigured', { detail, cause: error });
  }
}
