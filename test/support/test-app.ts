import { createHash } from 'node:crypto';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { APPLICATION_OPTIONS, createAdapter, furnish } from '../../src/app.js';
import { readConfiguration } from '../../src/core/config/file/read-configuration-file.js';
import { Environment } from '../../src/core/config/environment.js';
import { DatabaseServer } from '../../src/core/database/database-server.js';
import { ApplyConfiguration } from '../../src/core/domains/apply/apply-configuration.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { Clock } from '../../src/core/time/clock.js';
import { Delivery } from '../../src/delivery/delivery.js';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { KeptRows } from './kept-rows.js';
import { temporaryFolder } from './temporary-folder.js';
import { TestClock } from './test-clock.js';
import type { TestDatabase } from './test-database.js';

/** A line of `/dev/mailbox.json`. */
export interface MailboxMessage {
  readonly channel: 'MAIL' | 'SMS';
  readonly to: string;
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
}

const MASTER_KEY = { id: 'k1', key: createHash('sha256').update('latchkey test').digest() };

export interface TestAppOptions {
  readonly database: TestDatabase;
  readonly clock?: TestClock;
  /** Configuration file to apply; the demo world when absent. */
  readonly configuration?: string;
  /** Values of `${NAME}` in the configuration. */
  readonly variables?: Record<string, string>;
  /** `mailbox` keeps messages in the server, as the embedded mode does; `relays` sends them. */
  readonly delivery?: 'mailbox' | 'relays';
  readonly environment?: Partial<Omit<Environment, 'embedded'>>;
  /** Modules besides the server's own, e.g. with methods that show what they are called with. */
  readonly modules?: readonly Type[];
  /** Replaces parts, e.g. `(module) => module.overrideProvider(RandomSource).useValue(...)`. */
  readonly replace?: (module: TestingModuleBuilder) => TestingModuleBuilder;
}

/** The whole server on a test's database and clock, listening on a port of its own. */
export class TestApp {
  /** What each configuration that a test began with has made of an empty database. */
  private readonly beginnings = new Map<string, KeptRows>();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly clock: TestClock,
    private readonly database: TestDatabase,
    /** `http://127.0.0.1:<port>`, or `https:` where the test's environment has TLS files */
    readonly url: string,
  ) {}

  static async start(options: TestAppOptions): Promise<TestApp> {
    const clock = options.clock ?? new TestClock();
    const environment = testEnvironment(options);
    const builder = Test.createTestingModule({ imports: [AppModule.forRoot(environment), ...(options.modules ?? [])] })
      .overrideProvider(DatabaseServer)
      .useValue({ address: options.database.address, stop: () => Promise.resolve() })
      .overrideProvider(DataSource)
      .useValue(options.database.dataSource)
      .overrideProvider(Clock)
      .useValue(clock);
    const module = await (options.replace?.(builder) ?? builder).compile();
    const app = module.createNestApplication<NestFastifyApplication>(createAdapter(environment), {
      ...APPLICATION_OPTIONS,
      logger: false,
    });
    furnish(app);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    const url = `${environment.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
    const started = new TestApp(app, clock, options.database, url);
    await started.apply(options.configuration ?? DEMO_WORLD, { PORT: String(port), ...options.variables });
    return started;
  }

  /** Applies a configuration file's text, as `latchkey apply` does. */
  async apply(text: string, variables: Record<string, string> = {}): Promise<void> {
    const file = readConfiguration(text, 'test.yaml', variables);
    await this.app.get(ApplyConfiguration).apply({ file, folder: import.meta.dirname });
    this.app.get(Configuration).invalidate();
  }

  /**
   * Empties the database and applies a configuration file's text. From the second time on puts the same rows back,
   * which takes a tenth of the time; they are as old as though the file were applied now.
   */
  async begin(text: string, variables: Record<string, string> = {}): Promise<void> {
    const values = { PORT: new URL(this.url).port, ...variables };
    const key = JSON.stringify([text, values]);
    const kept = this.beginnings.get(key);
    if (kept) {
      await kept.putBack(this.clock.now());
      this.app.get(Configuration).invalidate();
      return;
    }
    await this.database.clear();
    await this.apply(text, values);
    this.beginnings.set(key, await KeptRows.keep(this.database.dataSource, this.clock.now()));
  }

  /** Carries out the deliveries that are due at the test's time; the background worker may have been faster. */
  async deliverDue(): Promise<void> {
    await this.app.get(Delivery, { strict: false }).attemptDue();
  }

  /** What the mailbox holds, newest first. */
  async mailbox(): Promise<MailboxMessage[]> {
    const answer = await this.app.inject({ method: 'GET', url: '/dev/mailbox.json' });
    return answer.json<MailboxMessage[]>();
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(token, { strict: false });
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

function testEnvironment({ delivery = 'mailbox', environment }: TestAppOptions): Environment {
  return new Environment({
    port: 0,
    host: '127.0.0.1',
    databaseUrl: delivery === 'mailbox' ? undefined : 'postgres://given.by.the.test/',
    databasePoolSize: 10,
    databaseStatementTimeout: 10_000,
    dataDir: temporaryFolder('app'),
    configPath: undefined,
    masterKeys: [MASTER_KEY],
    logLevel: 'silent',
    trustedProxies: [],
    tls: undefined,
    ...environment,
  });
}
