import type { RandomSource } from '../../crypto/random-source.js';
import type { PlainSecret } from '../../crypto/secret-types.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Clock } from '../../time/clock.js';
import type { Directory, Finding, PasswordCheck, PasswordWrite, Person } from '../directory.js';
import type { PasswordRules } from '../password-rules.js';
import { isBindable, isSearchable } from './credentials.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import { bindRequest, equals, type LdapControl, type LdapFilter } from './ldap-requests.js';
import type { LdapReply } from './ldap-reply.js';
import type { LdapKind, LdapSettings } from './ldap-settings.js';
import { PeopleSearch } from './people-search.js';
import { ServicePool } from './service-pool.js';

/** What an adapter stands on. */
export interface LdapTools {
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** The part of the port that is the same in every LDAP directory: finding people and checking their passwords. */
export abstract class LdapDirectory implements Directory {
  abstract readonly kind: LdapKind;
  protected readonly pool: ServicePool;
  protected readonly people: PeopleSearch;

  protected constructor(
    protected readonly settings: LdapSettings,
    protected readonly tools: LdapTools,
    /** Operational attribute that holds an entry's own DN, for the search by DN. */
    private readonly dnAttribute: string,
    personAttributes: readonly string[],
  ) {
    this.pool = new ServicePool(settings, tools.clock);
    this.people = new PeopleSearch(settings, personAttributes);
  }

  async findByLogin(login: string): Promise<Person | undefined> {
    if (!isSearchable(login)) return undefined;
    return this.find(this.people.byLogin(login));
  }

  async findByKey(key: string): Promise<Person | undefined> {
    const filter = this.keyFilter(key);
    return filter && this.find(filter);
  }

  /** The server compares the name, and only below the base: what lies elsewhere is not found. */
  async findByDn(dn: string): Promise<Person | undefined> {
    if (!isSearchable(dn)) return undefined;
    return this.find(equals(this.dnAttribute, dn));
  }

  async verifyPassword(person: Person | undefined, password: PlainSecret): Promise<PasswordCheck> {
    if (!isBindable(password)) return { ok: false, code: 'credentials-invalid' };
    const dn = person?.dn ?? this.nobody();
    const request = bindRequest(dn, password, this.bindControls());
    const check = this.judgeBind(await this.pool.unbound((connection) => connection.send(request)));
    return person ? check : { ok: false, code: 'credentials-invalid' };
  }

  async probe(): Promise<void> {
    await this.pool.read((connection) => this.people.expectBase(connection));
  }

  close(): Promise<void> {
    this.pool.close();
    return Promise.resolve();
  }

  abstract passwordRules(person: Person): Promise<PasswordRules>;
  abstract setPassword(person: Person, password: PlainSecret): Promise<PasswordWrite>;
  abstract unlock(person: Person): Promise<void>;
  abstract examine(): Promise<Finding[]>;

  /** The filter for a {@link Person.key}; undefined when it cannot be a key. */
  protected abstract keyFilter(key: string): LdapFilter | undefined;

  protected abstract toPerson(entry: LdapEntry, connection: LdapConnection): Promise<Person>;

  protected abstract judgeBind(reply: LdapReply): PasswordCheck;

  /** Controls that go with somebody's bind. */
  protected bindControls(): LdapControl[] {
    return [];
  }

  /**
   * The entry of a person found earlier, read anew by its key: it may have been renamed, moved, or deleted and made
   * again since, and only the key says that it is still the same person.
   *
   * @throws DomainError `account-not-found` when it is gone
   */
  protected async entryOf(
    { key }: Person,
    connection: LdapConnection,
    moreAttributes: readonly string[] = [],
  ): Promise<LdapEntry> {
    const filter = this.keyFilter(key);
    const entry = filter && (await this.people.findOne(connection, filter, moreAttributes));
    if (!entry) throw new DomainError('account-not-found', { detail: 'the entry is gone from the directory' });
    return entry;
  }

  private async find(filter: LdapFilter): Promise<Person | undefined> {
    return this.pool.read(async (connection) => {
      const entry = await this.people.findOne(connection, filter);
      return entry && this.toPerson(entry, connection);
    });
  }

  /** The name of an entry that does not exist, so that a check for nobody takes the way of a real one. */
  private nobody(): string {
    return `cn=${Buffer.from(this.tools.random.bytes(16)).toString('hex')},${this.settings.baseDn}`;
  }
}

/** Nothing is left to do in the caller's transaction: the directory has the new password. */
export const ALREADY_WRITTEN: PasswordWrite = () => Promise.resolve();
