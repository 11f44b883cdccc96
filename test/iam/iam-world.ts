import { Domain } from '../../src/core/domains/domain.entity.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { People, type FoundPerson } from '../../src/core/directory/people.js';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { Orders } from '../../src/core/orders/orders.js';
import { deliverAll } from '../support/help-desk.js';
import { TestApp, type MailboxMessage, type TestAppOptions } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';

/** The domain of the published samples. */
export const PBX = 'pbx.era-platform.ru';

/** An answer of the surface. */
export interface RestReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface Ask {
  readonly body?: unknown;
  /** The body as it is sent, in place of JSON. */
  readonly raw?: string | Buffer;
  readonly type?: string | null;
  readonly headers?: Record<string, string>;
  readonly cookie?: string | undefined;
  readonly token?: string | undefined;
  /** The address that the call comes from, by way of the trusted proxy of this world. */
  readonly from?: string;
}

/** The whole server with the demo world, and what its clients do. */
export class IamWorld {
  private addresses = 0;

  private constructor(
    readonly app: TestApp,
    readonly database: TestDatabase,
  ) {}

  static async start(database: TestDatabase, options: Partial<TestAppOptions> = {}): Promise<IamWorld> {
    const { environment, ...rest } = options;
    const app = await TestApp.start({
      ...rest,
      database,
      environment: { trustedProxies: ['127.0.0.1'], ...environment },
    });
    return new IamWorld(app, database);
  }

  /** Back to the demo world as it was seeded, at another time: nobody registered, nothing counted. */
  async begin(configuration = DEMO_WORLD): Promise<void> {
    await this.settle();
    await this.app.begin(configuration);
  }

  /** An address that nobody has called from yet. */
  stranger(): string {
    this.addresses += 1;
    return `198.18.${Math.floor(this.addresses / 250)}.${(this.addresses % 250) + 1}`;
  }

  async call(method: string, path: string, ask: Ask = {}): Promise<RestReply> {
    const { body, raw, type = 'application/json; charset=utf-8', headers = {}, cookie, token, from } = ask;
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.app.url}${path.startsWith('/') ? path : `/rest/v1/${path}`}`, {
      method,
      // As bytes, because fetch gives texts a content type.
      ...(payload !== undefined && {
        body: new Uint8Array(typeof payload === 'string' ? Buffer.from(payload) : payload),
      }),
      headers: {
        'x-forwarded-for': from ?? this.stranger(),
        ...(payload !== undefined && type !== null && { 'content-type': type }),
        ...(cookie !== undefined && { cookie }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const text = await response.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, body: parsed };
  }

  /** Step 1 of a registration, with the vendor's own sample values. */
  register(fields: Record<string, unknown> = {}, ask: Ask = {}): Promise<RestReply> {
    const body = { domain: PBX, login: 'my_login', name: 'My Name', email: 'my.address@yandex.ru', ...fields };
    return this.call('POST', 'iam/self_register_requests', { body, ...ask });
  }

  confirm(id: string, pwd: unknown = 'ew!hIb3V', ask: Ask = {}): Promise<RestReply> {
    return this.call('PATCH', `iam/self_register_requests/${id}`, { body: { pwd }, ...ask });
  }

  forgot(fields: Record<string, unknown>, ask: Ask = {}): Promise<RestReply> {
    return this.call('POST', 'iam/pwd_reset_requests', { body: fields, ...ask });
  }

  recover(id: string, pwd: unknown = 'ew!hIb3V', ask: Ask = {}): Promise<RestReply> {
    return this.call('PATCH', `iam/pwd_reset_requests/${id}`, { body: { pwd }, ...ask });
  }

  /** Logs in with a token. */
  async logIn(login: string, pwd: string, domain = PBX): Promise<string> {
    const { status, body } = await this.call('POST', 'iam/sessions', {
      body: { domain, login, pwd, session_type: 'api' },
    });
    if (status !== 200) throw new Error(`log-in of ${login}: ${status} ${JSON.stringify(body)}`);
    return String(body['session_token']);
  }

  administrator(): Promise<string> {
    return this.logIn('administrator', 'password', 'RCDEVSDOCS');
  }

  /** Registers, confirms and logs in. */
  async newcomer(login: string, pwd = 'ew!hIb3V'): Promise<{ token: string; email: string }> {
    const email = `${login}@example.test`;
    const asked = await this.register({ login, email });
    if (asked.status !== 200) throw new Error(asked.text);
    const confirmed = await this.confirm(await this.linkId('self_register', email), pwd);
    if (confirmed.status !== 200) throw new Error(confirmed.text);
    return { token: await this.logIn(login, pwd), email };
  }

  /** Lets everything happen that goes on after answers, letters included. */
  async settle(): Promise<void> {
    await this.app.get(Orders).run();
    await deliverAll(this.app, this.database);
  }

  /** Letters to an address, newest first. */
  async lettersTo(to: string): Promise<MailboxMessage[]> {
    await this.settle();
    return (await this.app.mailbox()).filter((letter) => letter.to.toLowerCase() === to.toLowerCase());
  }

  /** The id in the newest link of a kind that was mailed to an address. */
  async linkId(kind: 'self_register' | 'pwd_reset' | 'invite', to: string): Promise<string> {
    for (const { text } of await this.lettersTo(to)) {
      const [, id] = new RegExp(`/app-root/#/iam/${kind}/([0-9a-f-]{36})`).exec(text) ?? [];
      if (id !== undefined) return id;
    }
    throw new Error(`no link of kind ${kind} to ${to}`);
  }

  async person(login: string, domain = PBX): Promise<FoundPerson> {
    return this.app.get(People).byLogin(await this.domain(domain), login);
  }

  async domain(name = PBX): Promise<Domain> {
    const found = (await this.app.get(Configuration).snapshot()).domain(name);
    if (!found) throw new Error(`no domain ${name}`);
    return found;
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

/** `[status, error_code, field]` of a refusal. */
export function refusalOf({ status, body }: RestReply): unknown[] {
  const { field } = (body['error_details'] ?? {}) as { field?: string };
  return field === undefined ? [status, body['error_code']] : [status, body['error_code'], field];
}
