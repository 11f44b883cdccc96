import { randomUUID } from 'node:crypto';
import { foldName } from '../../domains/fold-name.js';
import type { Domain } from '../../domains/domain.entity.js';
import { DomainError } from '../../errors/domain-error.js';
import { attributeNotValid } from '../attributes/attribute-changes.js';
import type { NewPerson, PersonChanges, PersonRegistry, Registration } from '../capabilities/person-registry.js';
import type { Person } from '../directory.js';
import type { BuiltinDirectoryParts } from './builtin-directory-parts.js';
import { BuiltinPerson } from './builtin-person.entity.js';
import { type PersonColumns, BuiltinRegistryRepository } from './builtin-registry.repository.js';

/** Characters of a login, a name or an address at most. */
const MAX_LENGTH = 1_000;

/** Texts of a person, and the attribute that LDAP has for each. */
const TEXTS = {
  login: 'uid',
  displayName: 'displayName',
  firstName: 'givenName',
  lastName: 'sn',
  mail: 'mail',
  mobile: 'mobile',
  language: 'preferredLanguage',
} as const;

/** Making, changing and removing people of the built-in directory. */
export class BuiltinRegistry implements PersonRegistry {
  private readonly stored: BuiltinRegistryRepository;

  constructor(
    private readonly domain: Domain,
    private readonly parts: BuiltinDirectoryParts,
    private readonly describe: (stored: BuiltinPerson) => Promise<Person>,
  ) {
    this.stored = new BuiltinRegistryRepository(parts.database);
  }

  async create(wanted: NewPerson): Promise<Registration> {
    expectTexts(wanted);
    const taken = new DomainError('login-taken');
    if (await this.parts.people.byLogin(this.domain.id, foldName(wanted.login))) throw taken;
    const person = await this.row(wanted);
    return {
      person: await this.describe(person),
      write: async (tx) => {
        if (!(await this.stored.insert(tx, person))) throw taken;
      },
      // What the transaction wrote is gone with it.
      undo: rethrow,
    };
  }

  async change(person: Person, { profile, login, ...texts }: PersonChanges): Promise<Person> {
    expectTexts({ ...texts, ...(login !== undefined && { login }) });
    const renamed: PersonColumns = login === undefined ? {} : { login: login.trim(), loginKey: foldName(login) };
    await this.update(person, { ...texts, ...renamed, ...(profile && { attributes: { ...profile } }) });
    const stored = await this.parts.people.byId(this.domain.id, person.key);
    if (!stored) throw this.gone(person);
    return this.describe(stored);
  }

  async setDisabled(person: Person, disabled: boolean): Promise<void> {
    await this.update(person, { disabled });
  }

  async remove(person: Person): Promise<void> {
    await this.stored.delete(this.domain.id, person.key);
  }

  async profile(person: Person): Promise<Readonly<Record<string, unknown>>> {
    const stored = await this.parts.people.byId(this.domain.id, person.key);
    if (!stored) throw this.gone(person);
    return stored.attributes;
  }

  private async row(wanted: NewPerson): Promise<BuiltinPerson> {
    const { hasher, clock } = this.parts;
    const now = clock.now();
    const { password } = wanted;
    return Object.assign(new BuiltinPerson(), {
      id: randomUUID(),
      domainId: this.domain.id,
      login: wanted.login.trim(),
      loginKey: foldName(wanted.login),
      displayName: wanted.displayName,
      firstName: wanted.firstName ?? null,
      lastName: wanted.lastName ?? null,
      mail: wanted.mail ?? null,
      mobile: wanted.mobile ?? null,
      language: wanted.language ?? null,
      passwordHash: password === undefined ? null : await hasher.hash(password),
      passwordChangedAt: password === undefined ? null : now,
      mustChangePassword: false,
      disabled: wanted.disabled ?? false,
      failedLogins: 0,
      lockedAt: null,
      attributes: { ...wanted.profile },
      ldapAttributes: {},
      createdAt: now,
    });
  }

  private async update(person: Person, columns: PersonColumns): Promise<void> {
    const updated = await this.stored.update(this.domain.id, person.key, columns);
    if (updated === 'taken') throw new DomainError('login-taken');
    if (!updated) throw this.gone(person);
  }

  private gone({ login }: Person): DomainError {
    return new DomainError('account-not-found', { params: { domain: this.domain.name, login } });
  }
}

/** @throws DomainError `attribute-not-valid` for texts that are blank, too long, or no text */
function expectTexts(texts: { readonly [Field in keyof typeof TEXTS]?: string | null | undefined }): void {
  for (const [field, attribute] of Object.entries(TEXTS) as [keyof typeof TEXTS, string][]) {
    const text = texts[field];
    if (text === undefined || text === null) continue;
    const plain = text.isWellFormed() && !text.includes('\0');
    if (!plain || text.trim() === '' || text.length > MAX_LENGTH) throw attributeNotValid(attribute);
  }
}

async function rethrow(cause: unknown): Promise<never> {
  throw cause;
}
