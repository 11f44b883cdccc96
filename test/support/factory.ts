import { randomUUID } from 'node:crypto';
import { Administrator, type Role } from '../../src/core/administrators/administrator.entity.js';
import { PasswordHasher } from '../../src/core/crypto/password-hasher.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { Account } from '../../src/core/directory/account.entity.js';
import { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { Domain } from '../../src/core/domains/domain.entity.js';
import { foldName } from '../../src/core/domains/fold-name.js';
import type { Clock } from '../../src/core/time/clock.js';
import { TestClock } from './test-clock.js';
import type { TestDatabase } from './test-database.js';

/** Fields of a person that a test cares about; `password` is written as its hash. */
export type PersonFields = Partial<Omit<BuiltinPerson, 'passwordHash'>> & { readonly password?: string };

/**
 * Writes rows that tests start from, each with its own name and sensible fields; a test states only those it is about.
 * Goes past the services on purpose: for what `latchkey apply` and the surfaces do, use them.
 */
export class Factory {
  private made = 0;

  constructor(
    private readonly database: TestDatabase,
    private readonly clock: Clock = new TestClock(),
    private readonly hasher: PasswordHasher = new PasswordHasher(),
  ) {}

  /** A domain on the built-in directory. */
  async domain(fields: Partial<Domain> = {}): Promise<Domain> {
    const name = fields.name ?? `domain ${++this.made}`;
    const domain = await this.save(Domain, {
      id: randomUUID(),
      name,
      nameKey: foldName(name),
      directory: 'builtin',
      createdAt: this.clock.now(),
      ...fields,
    });
    // Servers keep the configuration until its revision changes.
    await this.database.dataSource.query('UPDATE server_configuration SET revision = revision + 1');
    return domain;
  }

  /** A person of a domain on the built-in directory, with mail and mobile, and no password unless one is given. */
  async person(domain: Domain, { password, ...fields }: PersonFields = {}): Promise<BuiltinPerson> {
    const number = ++this.made;
    const login = fields.login ?? `person${number}`;
    return this.save(BuiltinPerson, {
      id: randomUUID(),
      domainId: domain.id,
      login,
      loginKey: foldName(login),
      displayName: `Person ${number}`,
      firstName: 'Person',
      lastName: String(number),
      mail: `person${number}@example.test`,
      mobile: `+35262100${String(number).padStart(4, '0')}`,
      passwordHash: password === undefined ? null : await this.hasher.hash(plainSecret(password)),
      passwordChangedAt: password === undefined ? null : this.clock.now(),
      createdAt: this.clock.now(),
      ...fields,
    });
  }

  /** The account of a person, as the first request for that person makes it. */
  async account(person: BuiltinPerson, fields: Partial<Account> = {}): Promise<Account> {
    return this.save(Account, {
      id: randomUUID(),
      domainId: person.domainId,
      directoryKey: person.id,
      login: person.login,
      createdAt: this.clock.now(),
      ...fields,
    });
  }

  /** Gives a person a role. */
  async administrator(person: BuiltinPerson, role: Role = 'global-admin'): Promise<Administrator> {
    const { domainId, login, loginKey } = person;
    return this.save(Administrator, { domainId, login, loginKey, role });
  }

  private async save<Entity extends object>(entity: new () => Entity, fields: Partial<Entity>): Promise<Entity> {
    return this.database.dataSource.manager.save(Object.assign(new entity(), fields));
  }
}
