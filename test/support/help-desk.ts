import { Browserless, type SeenPage } from './browserless.js';
import { ManagerClient, type RpcAnswer } from './manager-client.js';
import type { MailboxMessage, TestApp } from './test-app.js';
import type { TestDatabase } from './test-database.js';

/** An administrator for configuration files: in a built-in domain of their own. */
export const DESK = { domain: 'DESK', login: 'chief', password: 'harbour: light \\ 9' } as const;

/** Sections of a configuration file that make {@link DESK}; put them under `domains` and `administrators`. */
export const DESK_DOMAIN = `
  - name: ${DESK.domain}
    users: [{ login: ${DESK.login}, name: Chief, email: chief@desk.test, password: '${DESK.password}' }]`;
export const DESK_ADMINISTRATOR = `
  - { domain: ${DESK.domain}, login: ${DESK.login}, role: global-admin }`;

/** A form that a link led to, in the browser that followed it. */
export interface OpenForm {
  readonly browser: Browserless;
  readonly form: SeenPage;
}

/** A row of the audit, as far as tests look at it. */
export interface AuditRow {
  readonly id: string;
  readonly event: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly actor: string;
  readonly target: string | null;
  readonly request_id: string | null;
  readonly detail: Record<string, unknown> | null;
}

/** Who sends links and follows them, on a running server of which only the address matters. */
export class HelpDesk {
  readonly chief: ManagerClient;

  constructor(readonly url: string) {
    this.chief = new ManagerClient(url, `${DESK.domain}\\${DESK.login}`, DESK.password);
  }

  call(params: object): Promise<RpcAnswer> {
    return this.chief.call('PwReset.Send_Request', params);
  }

  /** A link that nobody is sent. */
  link(domain: string, username: string): Promise<string> {
    return this.chief.sendReset({ domain, username, method: 'NONE' });
  }

  browser(headers: Record<string, string> = {}): Browserless {
    return new Browserless(this.url, { 'accept-language': 'en', ...headers });
  }

  /** Follows a link up to the form for the new password; a dead one leads to the page that says so. */
  async open(link: string, browser = this.browser()): Promise<OpenForm> {
    const landing = await browser.get(this.here(link));
    return { browser, form: landing.status === 200 ? await browser.submit(landing, {}) : landing };
  }

  /** Follows a link to its end. */
  async reset(link: string, password: string): Promise<SeenPage> {
    return save(await this.open(link), password);
  }

  /** The same link on this server, where several share a database. */
  private here(link: string): string {
    const { pathname, search } = new URL(link);
    return new URL(pathname + search, this.url).href;
  }
}

/** Sends a new password, twice the same. */
export function save({ browser, form }: OpenForm, password: string): Promise<SeenPage> {
  return browser.submit(form, { password, repeated: password });
}

/** Rows of the audit, the oldest first. */
export function auditOf({ database }: TestDatabase, event = '%'): Promise<AuditRow[]> {
  return database.query('SELECT * FROM audit_events WHERE event LIKE $1 ORDER BY id', [event]);
}

/** What the mailbox holds for an address, once nothing is under way any more. */
export async function messagesTo(app: TestApp, store: TestDatabase, address: string): Promise<MailboxMessage[]> {
  await deliverAll(app, store);
  return (await app.mailbox()).filter(({ to }) => to === address);
}

/** Carries out what is due until nothing is on its way, whoever has hold of it. */
export async function deliverAll(app: TestApp, { database }: TestDatabase): Promise<void> {
  for (let look = 0; look < 2_000; look++) {
    await app.deliverDue();
    const [waiting] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM messages WHERE state = 'sending' OR (state = 'queued' AND next_attempt_at <= $1)`,
      [app.clock.now()],
    );
    if (waiting?.count === 0) return;
  }
  throw new Error('messages are still under way');
}
