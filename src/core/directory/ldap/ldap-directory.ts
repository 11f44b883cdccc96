import type { RandomSource } from '../../crypto/random-source.js';
import type { PlainSecret } from '../../crypto/secret-types.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Clock } from '../../time/clock.js';
import type { Directory, Finding, PasswordCheck, PasswordWrite, Person } from '../directory.js';
import type { ObjectSearch } from '../capabilities/object-search.js';
import type { PasswordExpiry } from '../capabilities/password-expiry.js';
import type { PeopleList } from '../capabilities/people-list.js';
import type { PersonAttributes } from '../capabilities/person-attributes.js';
import type { PersonGroups } from '../capabilities/person-groups.js';
import type { PersonRegistry } from '../capabilities/person-registry.js';
import type { PasswordRules } from '../password-rules.js';
import type { AccountSwitch } from './account-switch.js';
import { isBindable, isSearchable } from './credentials.js';
import type { EntryAccess } from './entry-access.js';
import { Examination, type RightsProof } from './examination.js';
import type { GroupSchema } from './group-schema.js';
import { LdapAttributes } from './ldap-attributes.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import { equals, type LdapFilter } from './ldap-filters.js';
import { LdapGroups } from './ldap-groups.js';
import { bindRequest, type LdapControl } from './ldap-requests.js';
import type { LdapReply } from './ldap-reply.js';
import { LdapList } from './ldap-list.js';
import { LdapPasswordExpiry } from './ldap-password-expiry.js';
import { LdapRegistry, type RegistryTools } from './ldap-registry.js';
import { LdapSearch } from './ldap-search.js';
import type { LdapKind, LdapSettings } from './ldap-settings.js';
import { PeopleSearch } from './people-search.js';
import { ServicePool } from './service-pool.js';

/** What is special to a kind of directory. */
export interface LdapTraits {
  /** Operational attribute that holds an entry's own DN, for the search by DN. */
  readonly dnAttribute: string;
  /** Attribute with the directory's own immutable id. */
  readonly keyAttribute: string;
  /** Attributes of people besides those of the configuration. */
  readonly stateAttributes: readonly string[];
  readonly groups: GroupSchema;
  readonly accounts: AccountSwitch;
}

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
  readonly attributes: PersonAttributes;
  readonly groups: PersonGroups;
  readonly search: ObjectSearch;
  readonly registry: PersonRegistry;
  readonly list: PeopleList;
  readonly passwordExpiry: PasswordExpiry;

  protected constructor(
    protected readonly settings: LdapSettings,
    protected readonly tools: LdapTools,
    private readonly traits: LdapTraits,
  ) {
    this.pool = new ServicePool(settings, tools.clock);
    this.people = new PeopleSearch(settings, traits.stateAttributes);
    const access = this.access();
    this.attributes = new LdapAttributes(access);
    this.groups = new LdapGroups(access, traits.groups);
    this.search = new LdapSearch(access);
    this.registry = new LdapRegistry(this.registryTools(access));
    this.list = new LdapList({ access, groups: this.groups, accounts: traits.accounts, clock: tools.clock });
    this.passwordExpiry = new LdapPasswordExpiry(access, traits.accounts.demandChange);
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
    return this.find(equals(this.traits.dnAttribute, dn));
  }

  async findByMail(mail: string): Promise<Person | undefined> {
    const attribute = this.settings.attributes.mail;
    if (attribute === null || !isSearchable(mail)) return undefined;
    return this.find(equals(attribute, mail));
  }

  async verifyPassword(person: Person | undefined, password: PlainSecret): Promise<PasswordCheck> {
    if (!isBindable(password)) return { ok: false, code: 'credentials-invalid' };
    const dn = person?.dn ?? this.nobody();
    const request = bindRequest(dn, password, this.bindControls());
    const check = this.judgeBind(await this.pool.unbound((connection) => connection.send(request)));
    return person ? check : { ok: false, code: 'credentials-invalid' };
  }

  async setPassword(person: Person, password: PlainSecret): Promise<PasswordWrite> {
    if (!isBindable(password)) throw new DomainError('password-refused');
    let sent = false;
    try {
      await this.pool.write(async (connection, changing) => {
        const entry = await this.entryOf(person, connection, [...this.people.attributes, ...this.changeAttributes]);
        const change = await this.prepareChange(entry, password, connection);
        changing();
        sent = true;
        await change();
      });
    } catch (error) {
      if (!sent || !DomainError.is(error, 'directory-unavailable') || !(await this.works(person, password)))
        throw error;
    }
    return ALREADY_WRITTEN;
  }

  async probe(): Promise<void> {
    await this.pool.read((connection) => this.people.expectBase(connection));
  }

  close(): Promise<void> {
    this.pool.close();
    return Promise.resolve();
  }

  async examine(): Promise<Finding[]> {
    const { settings, pool, people, tools } = this;
    const proof: RightsProof = (sample, connection) => this.proveRights(sample, connection);
    return new Examination(settings, tools.clock, pool, people, proof).findings();
  }

  abstract passwordRules(person: Person): Promise<PasswordRules>;
  abstract unlock(person: Person): Promise<void>;

  /** Attributes that {@link prepareChange} wants to see besides those of a person. */
  protected readonly changeAttributes: readonly string[] = [];

  /**
   * Checks what can be checked before, and returns what makes the change.
   *
   * @throws DomainError as {@link setPassword}; both steps do
   */
  protected abstract prepareChange(
    entry: LdapEntry,
    password: PlainSecret,
    connection: LdapConnection,
  ): Promise<() => Promise<void>>;

  /**
   * Gives an entry its first password, with which nobody has logged on yet.
   *
   * @throws DomainError as {@link setPassword}
   */
  protected async firstPassword(entry: LdapEntry, password: PlainSecret, connection: LdapConnection): Promise<void> {
    await (
      await this.prepareChange(entry, password, connection)
    )();
  }

  /** Proves what the service account may do to these people, without changing any of them. */
  protected abstract proveRights(sample: readonly LdapEntry[], connection: LdapConnection): Promise<Finding[]>;

  /** The filter for a {@link Person.key}; undefined when it cannot be a key. */
  protected abstract keyFilter(key: string): LdapFilter | undefined;

  /** The {@link Person.key} of an entry, of a group's too; undefined when it cannot be read. */
  protected abstract keyOf(entry: LdapEntry): string | undefined;

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
    attributes: readonly string[] = this.people.attributes,
  ): Promise<LdapEntry> {
    const filter = this.keyFilter(key);
    const entry = filter && (await this.people.findOne(connection, filter, attributes));
    if (!entry) throw new DomainError('account-not-found', { detail: 'the entry is gone from the directory' });
    return entry;
  }

  private access(): EntryAccess {
    const { settings, pool, people } = this;
    return {
      settings,
      pool,
      people,
      keyAttribute: this.traits.keyAttribute,
      entryOf: (person, connection, attributes) => this.entryOf(person, connection, attributes),
      toPerson: (entry, connection) => this.toPerson(entry, connection),
      keyOf: (entry) => this.keyOf(entry),
      keyFilter: (key) => this.keyFilter(key),
    };
  }

  private registryTools(access: EntryAccess): RegistryTools {
    return {
      access,
      random: this.tools.random,
      accounts: this.traits.accounts,
      findByLogin: (login) => this.findByLogin(login),
      findByKey: (key) => this.findByKey(key),
      entryByDn: (dn, connection) => this.people.findOne(connection, equals(this.traits.dnAttribute, dn)),
      firstPassword: (entry, password, connection) => this.firstPassword(entry, password, connection),
    };
  }

  private async find(filter: LdapFilter): Promise<Person | undefined> {
    return this.pool.read(async (connection) => {
      const entry = await this.people.findOne(connection, filter);
      return entry && this.toPerson(entry, connection);
    });
  }

  /** Whether a password works: the only way to learn what became of a change whose answer was lost. */
  private async works(person: Person, password: PlainSecret): Promise<boolean> {
    const check = await this.verifyPassword(person, password).catch(() => undefined);
    return check !== undefined && (check.ok || check.code === 'password-must-change');
  }

  /** The name of an entry that does not exist, so that a check for nobody takes the way of a real one. */
  private nobody(): string {
    return `cn=${Buffer.from(this.tools.random.bytes(16)).toString('hex')},${this.settings.baseDn}`;
  }
}

/** Nothing is left to do in the caller's transaction: the directory has the new password. */
const ALREADY_WRITTEN: PasswordWrite = () => Promise.resolve();
