import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TestingModuleBuilder } from '@nestjs/testing';
import { PasswordHasher } from '../../src/core/crypto/password-hasher.js';
import { Database } from '../../src/core/database/database.js';
import { type FoundPerson, People } from '../../src/core/directory/people.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { FastHasher } from '../support/fast-hasher.js';
import { TestApp, type TestAppOptions } from '../support/test-app.js';
import type { TestClock } from '../support/test-clock.js';
import type { TestDatabase } from '../support/test-database.js';
import { TokenFactory } from '../support/token-factory.js';

/** Everything about an answer that a client sees. */
export interface AuthReply {
  readonly status: number;
  readonly error: number;
  readonly severity?: string;
  readonly message?: string;
  readonly result?: Record<string, unknown>;
  /** Value of the session cookie that was set; empty when it was expired; undefined when it was left alone. */
  readonly cookie: string | undefined;
  /** The whole header. */
  readonly setCookie: string | undefined;
  readonly retryAfter: string | undefined;
}

export interface CallOptions {
  /** Name of the agent. */
  readonly agent?: string;
  /** Value of the session cookie that is brought along. */
  readonly cookie?: string | undefined;
  readonly path?: '/auth' | '/das5/rest/auth';
  readonly token?: string;
}

export const JANE = 'jane';
export const JANES_PASSWORD = 'Old harbour 21';
export const JOHNS_PASSWORD = 'Old harbour 22';
/** A policy by which nobody has to wait after wrong attempts, so that what comes at once is examined at once. */
export const WITHOUT_DELAY = { name: 'lock', category: 'lockout', options: { growingDelay: 'false' } };
/** Of every agent. */
export const AGENT_SECRET = 'secret of an agent';

export interface WorldParts {
  /** The whole file, in place of the one below. */
  readonly file?: string;
  /** JSON of further top-level keys. */
  readonly policies?: readonly Readonly<Record<string, unknown>>[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly agents?: readonly string[];
  /** Agents that are switched off. */
  readonly disabled?: readonly string[];
  readonly publicUrl?: string;
  /** Steps of the application `files`, by their authenticators. */
  readonly steps?: readonly Readonly<Record<string, unknown>>[];
  /** What each agent has besides, e.g. certificates. */
  readonly agent?: Readonly<Record<string, unknown>>;
  /** Further sections of the file. */
  readonly sections?: Readonly<Record<string, unknown>>;
}

/**
 * Agents `vpn` and `portal` on every application: `mail` with a password and a second factor, `door` with one step, `files`
 * as the test wants it; `closed` without steps; people jane and john of HARBOUR, and mary of ELSEWHERE, which no realm has.
 */
export function worldFile({
  file,
  policies = [],
  settings = {},
  agents = ['vpn', 'portal'],
  disabled = [],
  publicUrl = 'http://localhost:${PORT}',
  agent = {},
  sections = {},
  steps = [
    { name: 'any', authenticators: ['SPASS', 'OTP', 'OTPoD', 'GRID', 'GRIDGO', 'EMCODE', 'QNA', 'FIDO', 'OOBA'] },
  ],
}: WorldParts = {}): string {
  if (file !== undefined) return file;
  const application = (name: string, own: readonly unknown[]) => ({
    id: `app-${name}`,
    name,
    realm: 'harbour',
    logonProcedure: { type: 'Web SSO', steps: own },
  });
  const person = (login: string, password: string, number: number) => ({
    login,
    name: login,
    email: `${login}@harbour.test`,
    mobile: `+3522600000${number}`,
    password,
  });
  // JSON is YAML too.
  return JSON.stringify({
    publicUrl,
    defaultDomain: 'HARBOUR',
    server: { settings },
    domains: [
      { name: 'HARBOUR', users: [person(JANE, JANES_PASSWORD, 1), person('john', JOHNS_PASSWORD, 2)] },
      { name: 'ELSEWHERE', users: [person('mary', JANES_PASSWORD, 3)] },
    ],
    realms: [{ name: 'harbour', domains: ['HARBOUR'] }],
    applications: [
      application('mail', [
        { name: 'password', authenticators: ['SPASS'] },
        { name: 'second', authenticators: ['OTP', 'OTPoD', 'GRID', 'GRIDGO', 'EMCODE', 'QNA', 'FIDO', 'OOBA'] },
      ]),
      application('door', [{ name: 'code', authenticators: ['OTP', 'OTPoD', 'GRID'] }]),
      application('files', steps),
      application('closed', []),
    ],
    agents: agents.map((name) => ({
      name,
      enabled: !disabled.includes(name),
      applications: ['mail', 'door', 'files', 'closed'],
      clientId: name,
      clientSecret: AGENT_SECRET,
      ...agent,
    })),
    policies,
    ...sections,
  });
}

/** A server with agents, applications and people, and calls to it. */
export class AuthWorld {
  readonly tokens: TokenFactory;
  private readonly bearers = new Map<string, { readonly token: string; readonly until: Date }>();

  private constructor(
    private readonly server: TestApp,
    private readonly parts: WorldParts,
    readonly hasher: FastHasher,
  ) {
    this.tokens = new TokenFactory({ get: (token) => server.get(token), database: this.database, clock: server.clock });
  }

  static async start(
    database: TestDatabase,
    parts: WorldParts & {
      readonly replace?: (module: TestingModuleBuilder) => TestingModuleBuilder;
      readonly clock?: TestClock;
      readonly environment?: TestAppOptions['environment'];
      /** Values of `${NAME}` in the file. */
      readonly variables?: Record<string, string>;
    } = {},
  ): Promise<AuthWorld> {
    const replace = parts.replace ?? ((module) => module);
    const hasher = new FastHasher();
    const server = await TestApp.start({
      database,
      configuration: worldFile(parts),
      replace: (module) => replace(module.overrideProvider(PasswordHasher).useValue(hasher)),
      ...(parts.clock && { clock: parts.clock }),
      ...(parts.environment && { environment: parts.environment }),
      ...(parts.variables && { variables: parts.variables }),
    });
    return new AuthWorld(server, parts, hasher);
  }

  get clock(): TestClock {
    return this.server.clock;
  }

  get app(): NestFastifyApplication {
    return this.server.app;
  }

  get database(): Database {
    return this.server.get(Database);
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.server.get(token);
  }

  mailbox(): ReturnType<TestApp['mailbox']> {
    return this.server.mailbox();
  }

  /** What came to people, once everything that is due was sent; newest first. */
  async delivered(): ReturnType<TestApp['mailbox']> {
    await this.server.deliverDue();
    return this.server.mailbox();
  }

  /** Gives the server another configuration. */
  async apply(parts: WorldParts, variables: Record<string, string> = {}): Promise<void> {
    const { port } = this.app.getHttpServer().address() as { port: number };
    await this.server.apply(worldFile(parts), { PORT: String(port), ...variables });
  }

  /** A bearer token of an agent; the same one as long as it works. */
  async bearer(agent: string): Promise<string> {
    const held = this.bearers.get(agent);
    if (held && held.until > this.clock.now()) return held.token;
    const answer = await this.app.inject({
      method: 'POST',
      url: '/auth/oauth/token',
      payload: { grant_type: 'client_credentials', client_id: agent, client_secret: AGENT_SECRET },
    });
    const { access_token: token } = answer.json<{ access_token: string }>();
    this.bearers.set(agent, { token, until: this.clock.in(1_800) });
    return token;
  }

  /** Calls a method. */
  async call(method: string, body: object, options: CallOptions = {}): Promise<AuthReply> {
    const { agent = 'vpn', cookie, path = '/auth' } = options;
    const answer = await this.app.inject({
      method: 'POST',
      url: `${path}/${method}`,
      headers: {
        authorization: `Bearer ${options.token ?? (await this.bearer(agent))}`,
        'content-type': 'application/json',
        ...(cookie !== undefined && { cookie: `JSESSIONID=${cookie}` }),
      },
      payload: JSON.stringify(body),
    });
    const header = answer.headers['set-cookie'];
    const setCookie = Array.isArray(header) ? header[0] : header;
    return {
      ...answer.json<Omit<AuthReply, 'status' | 'cookie' | 'setCookie' | 'retryAfter'>>(),
      status: answer.statusCode,
      setCookie,
      cookie: setCookie === undefined ? undefined : /^JSESSIONID=([^;]*)/.exec(setCookie)?.[1],
      retryAfter: answer.headers['retry-after'],
    };
  }

  /** The code of an answer alone. */
  async code(method: string, body: object, options: CallOptions = {}): Promise<number> {
    return (await this.call(method, body, options)).error;
  }

  /** As {@link code}, by who waits as long as wrong attempts want it: answers 3 move the clock. */
  async patiently(method: string, body: object, options: CallOptions = {}): Promise<number> {
    const { error, retryAfter } = await this.call(method, body, options);
    if (error !== 3) return error;
    this.clock.advance(Number(retryAfter));
    return this.code(method, body, options);
  }

  async person(login = JANE, domainName = 'HARBOUR'): Promise<FoundPerson> {
    const domain = (await this.get(Configuration).snapshot()).domain(domainName);
    if (!domain) throw new Error(`no domain ${domainName}`);
    return this.get(People).byLogin(domain, login);
  }

  /** Audit rows of an event, oldest first. */
  audit(event: string): Promise<Record<string, unknown>[]> {
    return this.database.query('SELECT * FROM audit_events WHERE event = $1 ORDER BY id', [event]);
  }

  /** Has the configuration read again that a test has changed in the database. */
  async reread(): Promise<void> {
    const configuration = this.get(Configuration);
    await this.database.transaction((tx) => configuration.touch(tx));
    configuration.invalidate();
  }

  /** As it was at the start, for the next test; the clock runs on. */
  async reset(): Promise<void> {
    this.bearers.clear();
    this.clock.advance(86_400);
    await this.server.begin(worldFile(this.parts));
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}
