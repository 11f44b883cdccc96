import type { FoundPerson } from '../../src/core/directory/people.js';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { IamWorld } from '../iam/iam-world.js';
import type { MailboxMessage, TestAppOptions } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';

/** The domain of the published samples. */
export const DOMAIN = 'domain 1';

/** What the returned code looks like (user-requests section 3). */
export const RECEIPT = /^(\d+);([A-Za-z0-9]{50})$/;

/** Tokens of the demo world and of this one, by what their holders are. */
const TOKENS = {
  /** Domain administrator of {@link DOMAIN}; the published sample's. */
  domainAdmin: { key: 'myConsumer', token: 'mh7an9dkrg59' },
  /** Global administrator, by a consumer of {@link DOMAIN}. */
  globalAdmin: { key: 'wideConsumer', token: 'wide9dkrg59' },
  userManager: { key: 'myConsumer', token: 'helper9dkrg59' },
  /** Somebody without a role. */
  nobody: { key: 'myConsumer', token: 'plain9dkrg59' },
} as const;
export type CallerName = keyof typeof TOKENS;

/** The demo world with more people and tokens in {@link DOMAIN}. */
const WORLD = DEMO_WORLD.replace(
  /( {6}- \{ login: manager1.*\n)/,
  `$1      - { login: helper1, name: Helper One, email: helper1@example.test, password: correct horse 5 }
      - { login: second1, name: Second Manager, email: second1@example.test, password: correct horse 6 }
      - { login: nomail1, name: No Mail, password: correct horse 7 }
      - { login: idle1, name: Idle One, email: idle1@example.test, password: correct horse 8 }
      - { login: chief1, name: Chief One, email: chief1@example.test, password: correct horse 9 }
      - { login: john, name: Another John, email: other.john@example.test, password: correct horse 10 }
`,
)
  .replace(
    /( {2}- \{ domain: domain 1, login: manager1.*\n)/,
    `$1  - { domain: domain 1, login: helper1, role: user-manager }
  - { domain: domain 1, login: second1, role: domain-admin }
  - { domain: domain 1, login: chief1, role: global-admin }
`,
  )
  .replace(
    /( {6}- \{ token: mh7an9dkrg59.*\n)/,
    `$1      - { token: helper9dkrg59, secret: helpersecret1, login: helper1 }
      - { token: plain9dkrg59, secret: plainsecret12, login: username1 }
  - domain: domain 1
    key: wideConsumer
    secret: wideSecret
    tokens:
      - { token: wide9dkrg59, secret: widesecret123, login: chief1 }
`,
  );

/** An answer of the API. */
export interface ApiReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RequestCall {
  readonly as?: CallerName | undefined;
  /** The address that the call comes from, by way of the trusted proxy of this world. */
  readonly from?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string;
}

/** The whole server, and what callers of user requests do. */
export class RequestsWorld {
  private constructor(readonly house: IamWorld) {}

  static async start(database: TestDatabase, options: Partial<TestAppOptions> = {}): Promise<RequestsWorld> {
    const world = new RequestsWorld(await IamWorld.start(database, { configuration: WORLD, ...options }));
    await world.begin();
    return world;
  }

  /** Back to the beginning: nothing asked for, nothing counted. */
  async begin(): Promise<void> {
    await this.house.settle();
    await this.house.database.database.query('DELETE FROM oauth_nonces');
    await this.house.begin(WORLD);
    await this.deactivate('idle1');
  }

  /** An unsigned call, as the published sample is (user-requests section 2). */
  async api(path: string, form: Record<string, string> | string, call: RequestCall = {}): Promise<ApiReply> {
    const { as, from = this.house.stranger(), headers = {}, method = 'POST' } = call;
    const authorization = as && unsigned(as);
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    const response = await fetch(`${this.house.app.url}${path}`, {
      method,
      ...(method !== 'GET' && method !== 'HEAD' && { body }),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': from,
        ...(authorization !== undefined && { authorization }),
        ...headers,
      },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Asks for a request for somebody; anonymous unless somebody asks. */
  ask(
    type: string,
    username: string,
    call: RequestCall & { readonly form?: Record<string, string> } = {},
  ): Promise<ApiReply> {
    const { form, ...rest } = call;
    const path = `/api/users/${encodeURIComponent(username)}/requests`;
    return this.api(path, { request_type: type, ...form }, rest);
  }

  /** Number and code that a caller was given. */
  async given(...ask: Parameters<RequestsWorld['ask']>): Promise<{ number: string; code: string }> {
    const { status, text } = await this.ask(...ask);
    const [, number, code] = RECEIPT.exec(text) ?? [];
    if (status !== 200 || number === undefined || code === undefined) throw new Error(`${status} ${text}`);
    return { number, code };
  }

  /** Lets everything happen that goes on after answers, letters included. */
  settle(): Promise<void> {
    return this.house.settle();
  }

  letters(to: string): Promise<MailboxMessage[]> {
    return this.house.lettersTo(to);
  }

  /** Path of the link in the newest letter to an address. */
  async linkTo(to: string): Promise<string> {
    for (const { text } of await this.letters(to)) {
      const [link] = /\/user\/processRequest\/\d+\/[A-Za-z0-9]{50}\b/.exec(text) ?? [];
      if (link !== undefined) return link;
    }
    throw new Error(`no link to ${to}`);
  }

  /** The PIN in the newest letter to an address. */
  async pinTo(to: string): Promise<string> {
    const [letter] = await this.letters(to);
    const [pin] = /^\d{6,10}$/m.exec(letter?.text ?? '') ?? [];
    if (pin === undefined) throw new Error(`no PIN to ${to}`);
    return pin;
  }

  /** Rows of requests, oldest first. */
  rows(): Promise<Record<string, unknown>[]> {
    return this.house.database.database.query(
      `SELECT request.*, account.login AS account_login FROM one_time_requests request
       LEFT JOIN accounts account ON account.id = request.account_id ORDER BY number`,
    );
  }

  /** The row with a number. */
  async row(number: string): Promise<Record<string, unknown>> {
    const found = (await this.rows()).find((row) => String(row['number']) === number);
    if (!found) throw new Error(`no request ${number}`);
    return found;
  }

  person(login: string, domain = DOMAIN): Promise<FoundPerson> {
    return this.house.person(login, domain);
  }

  async deactivate(login: string, domain = DOMAIN): Promise<void> {
    const { account } = await this.person(login, domain);
    await this.house.database.database.query(`UPDATE accounts SET state = 'deactivated' WHERE id = $1`, [account.id]);
  }

  async stop(): Promise<void> {
    await this.house.stop();
  }
}

function unsigned(caller: CallerName): string {
  const { key, token } = TOKENS[caller];
  return `OAuth realm="http://127.0.0.1/", oauth_consumer_key="${key}", oauth_token="${token}", oauth_timestamp="135131231", oauth_nonce="randomString"`;
}
