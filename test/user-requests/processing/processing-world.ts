import type { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Browserless } from '../../support/browserless.js';
import type { TestAppOptions } from '../../support/test-app.js';
import type { TestDatabase } from '../../support/test-database.js';
import { type RequestCall, RequestsWorld } from '../requests-world.js';

/** The mark of a script, as the contract's sample sends it. */
export const SCRIPT = { 'x-requested-with': 'XMLHttpRequest' } as const;
/** What a browser says that navigates. */
export const NAVIGATION = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'en' } as const;

export const OLD_PASSWORD = 'correct horse 3';
export const NEW_PASSWORD = 'Lake under 7 stars';

export interface Processed {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly cookies: readonly string[];
}

export interface Processing {
  readonly method?: 'GET' | 'POST' | 'HEAD' | 'OPTIONS';
  readonly form?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly from?: string;
}

/** The whole server, and what people, portals and strangers do with requests. */
export class ProcessingWorld {
  private constructor(readonly requests: RequestsWorld) {}

  static async start(database: TestDatabase, options: Partial<TestAppOptions> = {}): Promise<ProcessingWorld> {
    return new ProcessingWorld(await RequestsWorld.start(database, options));
  }

  begin(): Promise<void> {
    return this.requests.begin();
  }

  stop(): Promise<void> {
    return this.requests.stop();
  }

  get app() {
    return this.requests.house.app;
  }

  get url(): string {
    return this.app.url;
  }

  /** Path of a request made for somebody, by the domain's administrator unless another one is named. */
  async path(type: string, login = 'username1', call: RequestCall & { form?: Record<string, string> } = {}) {
    const { number, code } = await this.requests.given(type, login, { as: 'domainAdmin', ...call });
    return `/user/processRequest/${number}/${code}`;
  }

  /** Path of a request that a stranger made, i.e. of its receipt. */
  async receipt(type = 'PASSWORD_RESET', login = 'username1', form: Record<string, string> = {}): Promise<string> {
    const { number, code } = await this.requests.given(type, login, { form });
    return `/user/processRequest/${number}/${code}`;
  }

  /** One call, from an address of its own unless one is given; redirects are not followed. */
  async process(path: string, { method, form, headers = SCRIPT, from }: Processing = {}): Promise<Processed> {
    const response = await fetch(`${this.url}${path}`, {
      method: method ?? (form ? 'POST' : 'GET'),
      redirect: 'manual',
      headers: { 'x-forwarded-for': from ?? this.requests.house.stranger(), ...headers },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const text = await response.text();
    return { status: response.status, text, headers: response.headers, cookies: response.headers.getSetCookie() };
  }

  /** What a script reads. */
  async word(path: string, processing: Processing = {}): Promise<string> {
    const { status, text } = await this.process(path, processing);
    if (status !== 200) throw new Error(`${status} ${text}`);
    return text.startsWith('<!doctype') ? 'page' : text;
  }

  browser(): Browserless {
    return new Browserless(this.url, { ...NAVIGATION, 'x-forwarded-for': this.requests.house.stranger() });
  }

  /** Whether the directory takes this password for the person. */
  async opens(login: string, password: string): Promise<boolean> {
    const { directory, person } = await this.requests.person(login);
    return (await directory.verifyPassword(person, plainSecret(password))).ok;
  }

  /** Who a session cookie belongs to, by what `/account` would read. */
  async sessions(login: string): Promise<{ begunBy: string; ended: boolean }[]> {
    const { account } = await this.requests.person(login);
    return this.query(
      `SELECT begun_by AS "begunBy", ended_at IS NOT NULL AS ended FROM sessions WHERE account_id = $1 ORDER BY created_at`,
      [account.id],
    );
  }

  async state(path: string): Promise<Pick<OneTimeRequest, 'state' | 'endReason'> | undefined> {
    const [, , , number] = path.split('/');
    const [row] = await this.query<Pick<OneTimeRequest, 'state' | 'endReason'>>(
      'SELECT state, end_reason AS "endReason" FROM one_time_requests WHERE number = $1',
      [number],
    );
    return row;
  }

  query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.requests.house.database.database.query<Row>(sql, parameters);
  }
}
