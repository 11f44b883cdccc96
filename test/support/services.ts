import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AdministratorsModule } from '../../src/core/administrators/administrators.module.js';
import { AuditEvent } from '../../src/core/audit/audit-event.entity.js';
import { AuditModule } from '../../src/core/audit/audit.module.js';
import { ConfigModule } from '../../src/core/config/config.module.js';
import { Environment } from '../../src/core/config/environment.js';
import { CryptoModule } from '../../src/core/crypto/crypto.module.js';
import { PasswordHasher } from '../../src/core/crypto/password-hasher.js';
import { Database } from '../../src/core/database/database.js';
import { BuiltinDirectory } from '../../src/core/directory/builtin/builtin-directory.js';
import { BuiltinPersonRepository } from '../../src/core/directory/builtin/builtin-person.repository.js';
import { DirectoryFactory } from '../../src/core/directory/directory-factory.js';
import { DirectoryModule } from '../../src/core/directory/directory.module.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import type { Domain } from '../../src/core/domains/domain.entity.js';
import { DomainsModule } from '../../src/core/domains/domains.module.js';
import { RequestsModule } from '../../src/core/requests/requests.module.js';
import { Throttle } from '../../src/core/throttle/throttle.js';
import { ThrottleModule } from '../../src/core/throttle/throttle.module.js';
import { Clock } from '../../src/core/time/clock.js';
import { TimeModule } from '../../src/core/time/time.module.js';
import { LinksModule } from '../../src/delivery/links/links.module.js';
import { Outbox } from '../../src/delivery/outbox.js';
import { PasswordsModule } from '../../src/passwords/passwords.module.js';
import { PasswordResetInterruption } from '../../src/pwreset/pwreset-interruption.js';
import { PasswordResetPages } from '../../src/pwreset/password-reset-pages.js';
import { PasswordResetPagesService } from '../../src/pwreset/pwreset-pages.service.js';
import { PasswordResetService } from '../../src/pwreset/pwreset.service.js';
import { TokensModule } from '../../src/tokens/tokens.module.js';
import { Factory } from './factory.js';
import { FakeOutbox } from './fake-outbox.js';
import { FastHasher } from './fast-hasher.js';
import { MemoryDirectory } from './memory-directory.js';
import { TestClock } from './test-clock.js';
import type { TestDatabase } from './test-database.js';
import { testMasterKeys } from './test-keys.js';

export interface ServicesOptions {
  /** Stands still unless moved; shared by the processes of a test. */
  readonly clock?: TestClock;
  /** A database handle of its own, for another process on the same database. */
  readonly database?: Database;
  /** Ids of the key ring, see {@link testMasterKeys}. */
  readonly keyIds?: readonly string[];
}

/** The core and the password reset of one process, without a listener: real services, doubled at their outer ends. */
export interface Services {
  readonly clock: TestClock;
  readonly database: Database;
  readonly hasher: FastHasher;
  readonly outbox: FakeOutbox;
  /** Holds the people of every {@link Services.remoteDomain}. */
  readonly directory: MemoryDirectory;
  readonly factory: Factory;
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  /** A domain on the built-in directory, known to the services at once. */
  domain(fields?: Partial<Domain>): Promise<Domain>;
  /** A domain whose people are in {@link Services.directory}. */
  remoteDomain(fields?: Partial<Domain>): Promise<Domain>;
  /** Gives a setting a value, for the server or for a domain. */
  set(name: string, value: unknown, domain?: Domain): Promise<void>;
  /** Gives the server what `latchkey apply` would. */
  configure(server: { publicUrl?: string | null; defaultDomain?: string | null }): Promise<void>;
  /** Audit rows in their order; of one event, or all. */
  audit(event?: string): Promise<AuditEvent[]>;
  close(): Promise<void>;
}

/** Names the directory outside our database in `domains.directory`. */
const REMOTE = 'corp';

export async function startServices(test: TestDatabase, options: ServicesOptions = {}): Promise<Services> {
  const { clock = new TestClock(), database = test.database, keyIds } = options;
  const environment = new Environment({
    databaseUrl: undefined,
    masterKeys: testMasterKeys(keyIds),
  } as unknown as Environment);
  const hasher = new FastHasher();
  const outbox = new FakeOutbox(database);
  const directory = new MemoryDirectory();
  const module = await Test.createTestingModule({
    imports: [
      globally(
        { provide: DataSource, useValue: database.dataSource },
        { provide: Database, useValue: database },
        { provide: Outbox, useValue: outbox },
      ),
      ConfigModule.forRoot(environment),
      TimeModule,
      CryptoModule,
      AuditModule,
      ThrottleModule,
      DomainsModule,
      DirectoryModule,
      AdministratorsModule,
      RequestsModule,
      TokensModule,
      LinksModule,
      PasswordsModule,
    ],
    providers: [
      PasswordResetService,
      PasswordResetInterruption,
      { provide: PasswordResetPages, useClass: PasswordResetPagesService },
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(PasswordHasher)
    .useValue(hasher)
    .overrideProvider(DirectoryFactory)
    .useFactory({
      inject: [BuiltinPersonRepository, Configuration, Throttle],
      factory: (people: BuiltinPersonRepository, configuration: Configuration, throttle: Throttle) => ({
        make: (domain: Domain) =>
          domain.directory === REMOTE
            ? directory
            : new BuiltinDirectory(domain, { database, people, hasher, configuration, throttle, clock }),
      }),
    })
    .compile();
  module.useLogger(false);
  const configuration = module.get(Configuration);
  const factory = new Factory(test, clock, hasher);

  /** Changes the configuration by a statement, as seen by this process at once and by others within a second. */
  async function changeConfiguration(sql: string, parameters: unknown[]): Promise<void> {
    await database.transaction(async (tx) => {
      await tx.query(sql, parameters);
      await configuration.touch(tx);
    });
    configuration.invalidate();
  }

  async function domain(fields?: Partial<Domain>): Promise<Domain> {
    const made = await factory.domain(fields);
    configuration.invalidate();
    return made;
  }

  return {
    clock,
    database,
    hasher,
    outbox,
    directory,
    factory,
    get: (token) => module.get(token),
    domain,
    remoteDomain: async (fields) => {
      await changeConfiguration(
        `INSERT INTO declared_objects (kind, name, position, spec, updated_at) VALUES ('directory', $1, 0, $2::jsonb, $3)
         ON CONFLICT DO NOTHING`,
        [REMOTE, JSON.stringify({ kind: 'openldap' }), clock.now()],
      );
      return domain({ directory: REMOTE, ...fields });
    },
    set: (name, value, domain) =>
      changeConfiguration(
        `INSERT INTO settings (scope, name, value) VALUES ($1, $2, $3::jsonb)
         ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`,
        [domain?.id ?? 'server', name, JSON.stringify(value)],
      ),
    configure: ({ publicUrl = 'https://id.example.test', defaultDomain = null }) =>
      changeConfiguration('UPDATE server_configuration SET public_url = $1, default_domain = $2', [
        publicUrl,
        defaultDomain,
      ]),
    audit: (event) =>
      database.manager.find(AuditEvent, { where: event === undefined ? {} : { event }, order: { id: 'ASC' } }),
    close: () => module.close(),
  };
}

function globally(...providers: { provide: unknown; useValue: unknown }[]) {
  class TestModule {}
  return {
    module: TestModule,
    global: true,
    providers: providers as never[],
    exports: providers.map(({ provide }) => provide) as never[],
  };
}
