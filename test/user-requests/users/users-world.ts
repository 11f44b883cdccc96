import { Configuration } from '../../../src/core/domains/configuration.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { capability } from '../../../src/core/directory/capabilities/capability.js';
import { type FoundPerson, People } from '../../../src/core/directory/people.js';
import { TestApp, type TestAppOptions } from '../../support/test-app.js';
import type { TestDatabase } from '../../support/test-database.js';

/** Who calls: a consumer of a domain, with a token of a person in it. */
export const CALLERS = {
  root: 'alpha',
  boss: 'alpha',
  helper: 'alpha',
  kim: 'alpha',
  betaBoss: 'beta',
} as const;
export type Caller = keyof typeof CALLERS;

/** Two domains: alpha with everybody, beta for whoever must be out of reach. */
export const TWO_DOMAINS = `
publicUrl: http://127.0.0.1:\${PORT}
server: { settings: { allow_unsigned_over_http: true } }
domains:
  - name: alpha
    users:
      - { login: root, name: Root, email: root@example.test, password: password of root }
      - { login: other root, name: Other Root, email: other.root@example.test }
      - { login: boss, name: Boss, firstName: Bo, lastName: Ss, email: boss@example.test }
      - { login: other boss, name: Other Boss, email: other.boss@example.test }
      - { login: helper, name: Helper, email: helper@example.test }
      - { login: other helper, name: Other Helper, email: other.helper@example.test }
      - { login: kim, name: Kim Lee, firstName: Kim, lastName: Lee, email: kim@example.test, mobile: "+35226000007", language: de }
      - { login: lee, name: Lee, email: lee@example.test }
  - name: beta
    users:
      - { login: betaBoss, name: Beta Boss, email: beta.boss@example.test }
      - { login: otto, name: Otto, email: otto@example.test }
      - { login: kim, name: Kim of Beta, email: kim.beta@example.test }
administrators:
  - { domain: alpha, login: root, role: global-admin }
  - { domain: alpha, login: other root, role: global-admin }
  - { domain: alpha, login: boss, role: domain-admin }
  - { domain: alpha, login: other boss, role: domain-admin }
  - { domain: alpha, login: helper, role: user-manager }
  - { domain: alpha, login: other helper, role: user-manager }
  - { domain: alpha, login: expected, role: user-manager }
  - { domain: beta, login: betaBoss, role: domain-admin }
consumers:
${consumers()}
`;

/** The section of the consumers: one a domain, with a token for each caller of {@link CALLERS}. */
function consumers(): string {
  return [...new Set(Object.values(CALLERS))]
    .map((domain) => {
      const callers = Object.entries(CALLERS).filter(([, own]) => own === domain);
      const tokens = callers.map(
        ([login]) => `{ token: token-of-${login}, secret: secret-of-${login}, login: ${login} }`,
      );
      return `  - { domain: ${domain}, key: desk-${domain}, secret: secret-of-${domain}, tokens: [${tokens.join(', ')}] }`;
    })
    .join('\n');
}

/** An answer of the surface. */
export interface ApiReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined for what is no JSON. */
  readonly json: Record<string, unknown>;
}

export interface Ask {
  readonly as?: Caller;
  /** A form; a GET without. */
  readonly form?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is sent, in place of a form. */
  readonly raw?: string;
}

/** The whole server with {@link TWO_DOMAINS}, and what a help desk does. */
export class UsersWorld {
  private constructor(
    readonly app: TestApp,
    readonly database: TestDatabase,
  ) {}

  static async start(database: TestDatabase, options: Partial<TestAppOptions> = {}): Promise<UsersWorld> {
    return new UsersWorld(await TestApp.start({ configuration: TWO_DOMAINS, ...options, database }), database);
  }

  /** Back to the world as it was applied. */
  async begin(configuration = TWO_DOMAINS): Promise<void> {
    await this.app.begin(configuration);
  }

  async call(path: string, { as = 'boss', form, method, headers = {}, raw }: Ask = {}): Promise<ApiReply> {
    const body = raw ?? (form && new URLSearchParams(form).toString());
    const response = await fetch(`${this.app.url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `OAuth realm="", oauth_consumer_key="desk-${CALLERS[as]}", oauth_token="token-of-${as}", oauth_timestamp="135131231", oauth_nonce="randomString"`,
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = Buffer.from(await response.arrayBuffer()).toString();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, json };
  }

  /** Makes a user of alpha from the least that is needed and `data`. */
  create(data: Readonly<Record<string, unknown>> = {}, as: Caller = 'boss'): Promise<ApiReply> {
    const least = { username: 'new', email: 'new@example.test', firstName: 'New', lastName: 'One' };
    return this.call('/api/users/create', { as, form: { data: JSON.stringify({ ...least, ...data }) } });
  }

  change(id: string, data: Readonly<Record<string, unknown>>, as: Caller = 'boss'): Promise<ApiReply> {
    return this.call(`/api/users/${id}`, { as, form: { data: JSON.stringify(data) } });
  }

  async domain(name = 'alpha'): Promise<Domain> {
    const found = (await this.app.get(Configuration).snapshot()).domain(name);
    if (!found) throw new Error(`no domain ${name}`);
    return found;
  }

  async person(login: string, domain = 'alpha'): Promise<FoundPerson> {
    return this.app.get(People).byLogin(await this.domain(domain), login);
  }

  /** The id of a user on the wire. */
  async id(login: string, domain = 'alpha'): Promise<string> {
    return (await this.person(login, domain)).person.key;
  }

  /** Makes a group of a built-in domain with these people in it; gives its id. */
  async group(name: string, ...logins: readonly string[]): Promise<string> {
    const { directory } = await this.person('root');
    const groups = capability(directory, 'groups');
    const { keeping } = groups;
    const group = await keeping?.ensure(name, `Group ${name}`);
    if (!keeping || !group) throw new Error('no groups are kept');
    for (const login of logins) {
      const { person } = await this.person(login);
      const held = await groups.of(person);
      await keeping.assign(person, [...held.map(({ key }) => key), group.key]);
    }
    return group.key;
  }

  /** Gives a setting a value; of the server unless a domain is given. */
  async set(name: string, value: unknown, domain?: string): Promise<void> {
    const scope = domain === undefined ? 'server' : (await this.domain(domain)).id;
    await this.database.database.query(
      `INSERT INTO settings (scope, name, value) VALUES ($1, $2, $3::jsonb)
       ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`,
      [scope, name, JSON.stringify(value)],
    );
    await this.database.database.query('UPDATE server_configuration SET revision = revision + 1');
    this.app.get(Configuration).invalidate();
  }

  async stop(): Promise<void> {
    await this.app.stop();
  }
}

/** `[status, error]` of a refusal. */
export function refusalOf({ status, json }: ApiReply): unknown[] {
  return [status, json['error']];
}
