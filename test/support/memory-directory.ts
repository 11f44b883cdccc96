import { randomUUID } from 'node:crypto';
import type { PlainSecret } from '../../src/core/crypto/secret-types.js';
import type { ObjectSearch } from '../../src/core/directory/capabilities/object-search.js';
import type { PasswordExpiry } from '../../src/core/directory/capabilities/password-expiry.js';
import type { PeopleList } from '../../src/core/directory/capabilities/people-list.js';
import type { PersonAttributes } from '../../src/core/directory/capabilities/person-attributes.js';
import type { PersonGroups } from '../../src/core/directory/capabilities/person-groups.js';
import type { PersonRegistry } from '../../src/core/directory/capabilities/person-registry.js';
import type {
  Directory,
  DirectoryKind,
  Finding,
  PasswordCheck,
  PasswordWrite,
  Person,
} from '../../src/core/directory/directory.js';
import { below, escapeDnValue } from '../../src/core/directory/distinguished-name.js';
import { foldName } from '../../src/core/domains/fold-name.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import type { PasswordRules } from '../../src/core/directory/password-rules.js';
import { memoryCapabilities } from './memory-directory-capabilities.js';
import {
  MEMORY_BASE,
  type MemoryGroup,
  type MemoryPeople,
  type MemoryPerson,
  type MemoryStep,
} from './memory-people.js';

export type { MemoryPerson } from './memory-people.js';

/**
 * A directory outside our database, as far as services notice: a new password is set as soon as it is asked for, and
 * every step can be made to fail or to wait.
 */
export class MemoryDirectory implements Directory, MemoryPeople {
  readonly kind: DirectoryKind = 'openldap';
  readonly people = new Map<string, MemoryPerson>();
  readonly heldGroups = new Map<string, MemoryGroup>();
  /** Every password set, in order. */
  readonly passwords: string[] = [];
  rules: PasswordRules = {};
  /** The directory's own clock; without one it does not tell when passwords were changed. */
  time: () => Date | undefined = () => undefined;
  /** Called before each step with its name; throws or waits to make the step do so. */
  before: (step: MemoryStep) => void | Promise<void> = () => undefined;

  readonly attributes: PersonAttributes;
  readonly groups: PersonGroups;
  readonly search: ObjectSearch;
  readonly registry: PersonRegistry;
  readonly list: PeopleList;
  readonly passwordExpiry: PasswordExpiry;

  constructor() {
    ({
      attributes: this.attributes,
      groups: this.groups,
      search: this.search,
      registry: this.registry,
      list: this.list,
      passwordExpiry: this.passwordExpiry,
    } = memoryCapabilities(this));
  }

  add(fields: Partial<MemoryPerson> = {}): MemoryPerson {
    const key = fields.key ?? randomUUID();
    const login = fields.login ?? 'jane';
    const person: MemoryPerson = {
      key,
      dn: `uid=${escapeDnValue(login)},${MEMORY_BASE}`,
      login,
      displayName: 'Jane Doe',
      firstName: 'Jane',
      lastName: 'Doe',
      mail: 'jane@example.test',
      mobile: '+35226000001',
      language: 'en',
      disabled: false,
      locked: false,
      expired: false,
      mustChangePassword: false,
      mayChangePassword: true,
      passwordChangedAt: undefined,
      password: 'old password 1',
      ...fields,
    };
    this.people.set(key, person);
    return person;
  }

  /** Whoever has this login, in whatever spelling. */
  byLogin(login: string): MemoryPerson | undefined {
    return this.all().find((person) => foldName(person.login) === foldName(login));
  }

  /** A person as they are now. */
  shown({ key }: Person): Person {
    const person = this.people.get(key);
    if (!person) throw new DomainError('account-not-found');
    return person;
  }

  /** Changes what the directory says of a person. */
  change({ key }: Person, fields: Partial<MemoryPerson>): void {
    const person = this.people.get(key);
    if (person) this.people.set(key, { ...person, ...fields });
  }

  async findByLogin(login: string): Promise<Person | undefined> {
    await this.before('findByLogin');
    return this.byLogin(login);
  }

  async findByKey(key: string): Promise<Person | undefined> {
    await this.before('findByKey');
    return this.people.get(key);
  }

  async findByDn(dn: string): Promise<Person | undefined> {
    await this.before('findByDn');
    const wanted = below(dn, MEMORY_BASE);
    return this.all().find((person) => wanted !== undefined && foldName(person.dn) === foldName(wanted));
  }

  async findByMail(mail: string): Promise<Person | undefined> {
    await this.before('findByMail');
    const [found, another] = this.all().filter((person) => person.mail?.toLowerCase() === mail.toLowerCase());
    if (another) throw new DomainError('account-ambiguous');
    return found;
  }

  async verifyPassword(person: Person | undefined, password: PlainSecret): Promise<PasswordCheck> {
    await this.before('verifyPassword');
    const held = person && this.people.get(person.key);
    if (password === '' || held?.password !== String(password)) return { ok: false, code: 'credentials-invalid' };
    return held.disabled ? { ok: false, code: 'account-disabled' } : { ok: true };
  }

  async passwordRules(_person: Person): Promise<PasswordRules> {
    await this.before('passwordRules');
    return this.rules;
  }

  async setPassword(person: Person, password: PlainSecret): Promise<PasswordWrite> {
    await this.before('setPassword');
    if (!this.people.has(person.key)) throw new DomainError('account-not-found');
    const passwordChangedAt = this.time();
    this.change(person, { password, mustChangePassword: false, ...(passwordChangedAt && { passwordChangedAt }) });
    this.passwords.push(password);
    return () => Promise.resolve();
  }

  async unlock(person: Person): Promise<void> {
    await this.before('unlock');
    this.change(person, { locked: false });
  }

  async probe(): Promise<void> {
    await this.before('probe');
  }

  async examine(): Promise<Finding[]> {
    await this.before('examine');
    return [];
  }

  async close(): Promise<void> {
    await this.before('close');
  }

  private all(): MemoryPerson[] {
    return [...this.people.values()];
  }
}
