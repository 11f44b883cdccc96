import { PasswordHasher } from '../../src/core/crypto/password-hasher.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { People } from '../../src/core/directory/people.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import type { Domain } from '../../src/core/domains/domain.entity.js';
import { Factory, type PersonFields } from '../support/factory.js';
import { FastHasher } from '../support/fast-hasher.js';
import { DESK_ADMINISTRATOR, DESK_DOMAIN, HelpDesk, type OpenForm } from '../support/help-desk.js';
import { ManagerClient, type RpcAnswer } from '../support/manager-client.js';
import { TestApp, type TestAppOptions } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from '../support/test-database.js';

export const OLD_PASSWORD = 'Old harbour 21';
export const NEW_PASSWORD = 'Lake under 7 stars';
export const DOMAIN = 'ACME';

interface WorldOptions extends Pick<TestAppOptions, 'environment' | 'clock'>, TestDatabaseOptions {
  /** Settings of the server. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of {@link DOMAIN}. */
  readonly domainSettings?: Readonly<Record<string, unknown>>;
  /** Hashes that cost nothing, for tests of many guesses. */
  readonly fast?: boolean;
}

/** The whole server as an attacker meets it. Everybody may say behind which address they are, as behind a proxy. */
export class AttackWorld {
  readonly desk: HelpDesk;
  private readonly factory: Factory;

  private constructor(
    readonly app: TestApp,
    readonly store: TestDatabase,
    hasher: PasswordHasher,
  ) {
    this.desk = new HelpDesk(app.url);
    this.factory = new Factory(store, app.clock, hasher);
  }

  /** Starts a server on a PostgreSQL database of its own. */
  static async start(options: WorldOptions = {}): Promise<AttackWorld> {
    const { fast = false, settings, domainSettings, environment, clock, ...databaseOptions } = options;
    const store = await createTestDatabase('postgresql', { statementTimeout: 30_000, ...databaseOptions });
    const hasher = fast ? new FastHasher() : new PasswordHasher();
    const configuration = configurationOf(settings, domainSettings);
    const app = await TestApp.start({
      ...(clock && { clock }),
      database: store,
      configuration,
      environment: { trustedProxies: ['127.0.0.1'], ...environment },
      replace: (module) => module.overrideProvider(PasswordHasher).useValue(hasher),
    });
    return new AttackWorld(app, store, hasher);
  }

  async stop(): Promise<void> {
    await this.app.stop();
    await this.store.stop();
  }

  /** Forgets everything that happened, and everybody. */
  async begin(): Promise<void> {
    await this.app.begin(configurationOf());
  }

  /** Applies the configuration anew, with other settings. */
  async configure(options: Pick<WorldOptions, 'settings' | 'domainSettings'> = {}): Promise<void> {
    const text = configurationOf(options.settings, options.domainSettings);
    await this.app.apply(text, { PORT: new URL(this.app.url).port });
  }

  /** A new person with mail, mobile and {@link OLD_PASSWORD}. */
  async person(fields: PersonFields = {}): Promise<BuiltinPerson> {
    return this.factory.person(await this.domain(), { password: OLD_PASSWORD, ...fields });
  }

  /** A person who may use the JSON-RPC surface. */
  async administrator(fields: PersonFields = {}): Promise<BuiltinPerson> {
    const person = await this.person(fields);
    await this.factory.administrator(person);
    return person;
  }

  link({ login }: BuiltinPerson): Promise<string> {
    return this.desk.link(DOMAIN, login);
  }

  /** A new link of this person, opened from an address. */
  async open(person: BuiltinPerson, address = someAddress()): Promise<OpenForm> {
    return this.desk.open(await this.link(person), this.desk.browser(from(address)));
  }

  /** Whether the directory takes this password for the person. */
  async opens(person: BuiltinPerson, password: string): Promise<boolean> {
    const found = await this.app.get(People).byLogin(await this.domain(), person.login);
    return (await found.directory.verifyPassword(found.person, plainSecret(password))).ok;
  }

  /** Calls a method with these credentials from an address; HTTP status and answer. */
  async knock(
    login: string,
    password: string,
    address = someAddress(),
    method = 'PwReset.Send_Request',
  ): Promise<{ status: number; answer: RpcAnswer }> {
    const client = new ManagerClient(this.app.url, login, password);
    const body = JSON.stringify({ jsonrpc: '2.0', method, params: {}, id: 0 });
    const response = await client.post(body, from(address));
    return { status: response.status, answer: (await response.json()) as RpcAnswer };
  }

  query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.store.database.query<Row>(sql, parameters);
  }

  private async domain(): Promise<Domain> {
    const domain = (await this.app.get(Configuration).snapshot()).domain(DOMAIN);
    if (!domain) throw new Error(`no domain ${DOMAIN}`);
    return domain;
  }
}

function configurationOf(
  settings: WorldOptions['settings'] = {},
  domainSettings: WorldOptions['domainSettings'] = {},
): string {
  const ofDomain = { link_sends_per_person_per_hour: 1_000, ...domainSettings };
  return `
publicUrl: http://127.0.0.1:\${PORT}
defaultDomain: ${DOMAIN}
server: { settings: ${JSON.stringify(settings)} }
domains:${DESK_DOMAIN}
  - { name: ${DOMAIN}, settings: ${JSON.stringify(ofDomain)} }
administrators:${DESK_ADMINISTRATOR}
`;
}

/** What {@link AttackWorld.knock} answers to somebody who was let in, because the call names nobody. */
export const LET_IN = { status: 200, answer: { error: { code: -32602 } } };
export const TURNED_AWAY = { status: 200, answer: { error: { code: -32600, data: 'Invalid username or password' } } };

let addresses = 0;

/** An address that nobody has used yet. */
export function someAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Headers of a request that a proxy passes on for this address. */
export function from(address: string): { 'x-forwarded-for': string } {
  return { 'x-forwarded-for': address };
}

/** Does something many times at once. */
export function atOnce<T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)));
}
