import { randomUUID } from 'node:crypto';
import type { PlainSecret } from '../../src/core/crypto/secret-types.js';
import type {
  Directory,
  DirectoryKind,
  Finding,
  PasswordCheck,
  PasswordWrite,
  Person,
} from '../../src/core/directory/directory.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import type { PasswordRules } from '../../src/core/directory/password-rules.js';

/** Whom a {@link MemoryDirectory} holds. */
export type MemoryPerson = Person & { readonly password: string };

/**
 * A directory outside our database, as far as services notice: a new password is set as soon as it is asked for, and
 * every step can be made to fail or to wait.
 */
export class MemoryDirectory implements Directory {
  readonly kind: DirectoryKind = 'openldap';
  readonly people = new Map<string, MemoryPerson>();
  /** Every password set, in order. */
  readonly passwords: string[] = [];
  rules: PasswordRules = {};
  /** The directory's own clock; without one it does not tell when passwords were changed. */
  time: () => Date | undefined = () => undefined;
  /** Called before each step with its name; throws or waits to make the step do so. */
  before: (step: keyof Directory) => void | Promise<void> = () => undefined;

  add(fields: Partial<MemoryPerson> = {}): MemoryPerson {
    const key = fields.key ?? randomUUID();
    const login = fields.login ?? 'jane';
    const person: MemoryPerson = {
      key,
      dn: `uid=${login},dc=example,dc=test`,
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

  /** Changes what the directory says of a person. */
  change({ key }: Person, fields: Partial<MemoryPerson>): void {
    const person = this.people.get(key);
    if (person) this.people.set(key, { ...person, ...fields });
  }

  async findByLogin(login: string): Promise<Person | undefined> {
    await this.before('findByLogin');
    return this.all().find((person) => person.login === login);
  }

  async findByKey(key: string): Promise<Person | undefined> {
    await this.before('findByKey');
    return this.people.get(key);
  }

  async findByDn(dn: string): Promise<Person | undefined> {
    await this.before('findByDn');
    return this.all().find((person) => person.dn === dn);
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
    return held?.password === String(password) && password !== ''
      ? { ok: true }
      : { ok: false, code: 'credentials-invalid' };
  }

  async passwordRules(_person: Person): Promise<PasswordRules> {
    await this.before('passwordRules');
    return this.rules;
  }

  async setPassword(person: Person, password: PlainSecret): Promise<PasswordWrite> {
    await this.before('setPassword');
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
