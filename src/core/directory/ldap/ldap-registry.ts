import { type PlainSecret, plainSecret } from '../../crypto/secret-types.js';
import type { RandomSource } from '../../crypto/random-source.js';
import { DomainError } from '../../errors/domain-error.js';
import { attributeNotValid } from '../attributes/attribute-changes.js';
import type { NewPerson, PersonChanges, PersonRegistry, Registration } from '../capabilities/person-registry.js';
import type { Person } from '../directory.js';
import type { AccountSwitch } from './account-switch.js';
import { isBindable, isSearchable } from './credentials.js';
import type { EntryAccess } from './entry-access.js';
import { expectFitting } from './ldap-attributes.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import { addRequest, deleteRequest, type LdapChange, modifyRequest } from './ldap-requests.js';
import { describe, expectSuccess } from './refusals.js';
import { MAPPED_FIELDS, newEntry } from './registration-template.js';
import { RESULT } from './result-codes.js';

/** What the registry needs of its directory besides. */
export interface RegistryTools {
  readonly access: EntryAccess;
  readonly random: RandomSource;
  readonly accounts: AccountSwitch;
  findByLogin(login: string): Promise<Person | undefined>;
  findByKey(key: string): Promise<Person | undefined>;
  /** The entry by the name that the server has for it. */
  entryByDn(dn: string, connection: LdapConnection): Promise<LdapEntry | undefined>;
  /** Gives a new entry its first password. @throws DomainError as {@link Directory.setPassword} */
  firstPassword(entry: LdapEntry, password: PlainSecret, connection: LdapConnection): Promise<void>;
}

/**
 * Making and removing people in an LDAP directory. The name of the new entry decides between several who want the same
 * login at once: the server adds one and tells the others that it exists.
 */
export class LdapRegistry implements PersonRegistry {
  constructor(private readonly tools: RegistryTools) {}

  async create(person: NewPerson): Promise<Registration> {
    const { settings } = this.tools.access;
    if (!isSearchable(person.login)) throw attributeNotValid(settings.loginAttributes[0] ?? 'login');
    if (person.password !== undefined && !isBindable(person.password)) throw new DomainError('password-refused');
    if (await this.isTaken(person.login)) throw new DomainError('login-taken');
    const dn = await this.add(person);
    try {
      const made = await this.complete(dn, person);
      return { person: made, write: () => Promise.resolve(), undo: (cause) => this.takeBack(made, cause) };
    } catch (error) {
      return this.undo(dn, error);
    }
  }

  async change(person: Person, changes: PersonChanges): Promise<Person> {
    const { attributes } = this.tools.access.settings;
    if (changes.login !== undefined && changes.login !== person.login) throw attributeNotValid('login');
    const wanted = MAPPED_FIELDS.flatMap((field): LdapChange[] => {
      const value = changes[field];
      const attribute = attributes[field];
      if (value === undefined) return [];
      if (attribute === null || value === '') throw attributeNotValid(attribute ?? field);
      return [{ operation: 'replace', attribute, values: value === null ? [] : [value] }];
    });
    await this.modify(person, () => wanted, 'changing a person');
    const changed = await this.tools.findByKey(person.key);
    if (!changed) throw new DomainError('account-not-found', { detail: 'the entry is gone from the directory' });
    return changed;
  }

  async setDisabled(person: Person, disabled: boolean): Promise<void> {
    const doing = disabled ? 'switching an account off' : 'switching an account on';
    await this.modify(person, (entry) => this.tools.accounts.changes(entry, disabled), doing);
  }

  async remove(person: Person): Promise<void> {
    const { access } = this.tools;
    await access.pool.write(async (connection, changing) => {
      const entry = await access.entryOf(person, connection).catch(unlessGone);
      if (!entry) return;
      changing();
      const reply = await connection.send(deleteRequest(entry.dn));
      if (reply.status !== RESULT.noSuchObject) expectSuccess(reply, 'removing a person');
    });
  }

  /** A directory outside our database has no place for it. */
  profile(): Promise<Readonly<Record<string, unknown>>> {
    return Promise.resolve({});
  }

  private async isTaken(login: string): Promise<boolean> {
    try {
      return (await this.tools.findByLogin(login)) !== undefined;
    } catch (error) {
      if (DomainError.is(error, 'account-ambiguous')) return true;
      throw error;
    }
  }

  /**
   * Adds the entry. When the answer is lost, nobody knows whose an entry of this name is that is found afterwards; it
   * cannot be logged on with, and is left to the operator.
   */
  private async add(person: NewPerson): Promise<string> {
    const { access, accounts } = this.tools;
    const { dn, attributes } = newEntry(person, access.settings);
    await access.pool.write(async (connection, changing) => {
      changing();
      const reply = await connection.send(addRequest(dn, { ...attributes, ...accounts.initial }));
      if (reply.status === RESULT.entryAlreadyExists) {
        throw new DomainError('login-taken', { detail: describe(reply, 'adding a person') });
      }
      if (reply.status === RESULT.noSuchObject) {
        const detail = `registration.dn leads to ${dn}: ${describe(reply, 'adding a person')}`;
        throw new DomainError('directory-misconfigured', { detail });
      }
      expectFitting(reply, Object.keys(attributes), 'adding a person');
    });
    return dn;
  }

  /** Password and switch; from then on the person is one like any other. */
  private async complete(dn: string, person: NewPerson): Promise<Person> {
    const { access, accounts, random } = this.tools;
    const unknown = accounts.needsPassword ? plainSecret(`Aa1-${random.linkSecret()}`) : undefined;
    const password = person.password ?? unknown;
    return access.pool.write(async (connection, changing) => {
      const entry = await this.tools.entryByDn(dn, connection);
      const key = entry && access.keyOf(entry);
      if (!entry || key === undefined) {
        throw new DomainError('directory-misconfigured', {
          detail: `a person made as ${dn} is not found: userFilter and registration do not go together`,
        });
      }
      changing();
      if (password !== undefined) await this.tools.firstPassword(entry, password, connection);
      const asked = person.password === undefined && password !== undefined ? accounts.mustChange : [];
      const changes = [...accounts.changes(entry, person.disabled === true), ...asked];
      if (changes.length > 0) {
        expectSuccess(await connection.send(modifyRequest(entry.dn, changes)), 'switching an account on');
      }
      const made = await this.tools.entryByDn(dn, connection);
      if (!made) throw new DomainError('account-not-found', { detail: 'the entry is gone from the directory' });
      return access.toPerson(made, connection);
    });
  }

  /** Takes out what was added. Without success it stays, without a password or switched off. */
  private async undo(dn: string, cause: unknown): Promise<never> {
    const { pool } = this.tools.access;
    await pool
      .write(async (connection, changing) => {
        changing();
        await connection.send(deleteRequest(dn));
      })
      .catch(() => undefined);
    throw cause;
  }

  private async takeBack(person: Person, cause: unknown): Promise<never> {
    await this.remove(person).catch(() => undefined);
    throw cause;
  }

  private async modify(
    person: Person,
    changesOf: (entry: LdapEntry) => readonly LdapChange[],
    doing: string,
  ): Promise<void> {
    const { access } = this.tools;
    await access.pool.write(async (connection, changing) => {
      const entry = await access.entryOf(person, connection);
      const changes = changesOf(entry);
      if (changes.length === 0) return;
      changing();
      const reply = await connection.send(modifyRequest(entry.dn, changes));
      expectFitting(
        reply,
        changes.map(({ attribute }) => attribute),
        doing,
      );
    });
  }
}

function unlessGone(error: unknown): undefined {
  if (!DomainError.is(error, 'account-not-found')) throw error;
  return undefined;
}
