import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { People } from '../../../src/core/directory/people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { foldName } from '../../../src/core/domains/fold-name.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import type { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { RequestExpiry } from '../../../src/core/requests/request-expiry.js';
import { Browserless, type SeenPage } from '../../support/browserless.js';
import { Factory, type PersonFields } from '../../support/factory.js';
import { ManagerClient, type RpcAnswer } from '../../support/manager-client.js';
import { type MailboxMessage, TestApp, type TestAppOptions } from '../../support/test-app.js';
import type { TestDatabase } from '../../support/test-database.js';

export const SEND = 'PwReset.Send_Request';

/** The administrator of {@link ACME} who may do everything. */
export const CHIEF = { user: 'ACME\\chief', password: 'harbour: light \\ 9' } as const;

/** Password of every other administrator. */
export const STAFF_PASSWORD = 'Paper boats 44';

/** Password that new people of a {@link World} have. */
export const OLD_PASSWORD = 'Old harbour 21';
export const NEW_PASSWORD = 'Lake under 7 stars';

/** Two domains, each with administrators of every role; `${SETTINGS}` and the rest are put in by {@link acme}. */
export function acme(
  parts: { settings?: string; domainSettings?: string; publicUrl?: string; more?: string } = {},
): string {
  const { settings = '{}', domainSettings = '{}', publicUrl = 'http://127.0.0.1:${PORT}', more = '' } = parts;
  return `
publicUrl: ${publicUrl}
defaultDomain: ACME
server: { settings: ${settings} }
domains:
  - name: ACME
    settings: ${domainSettings}
    users:
      - { login: chief, name: Chief, email: chief@acme.test, password: '${CHIEF.password}' }
      - { login: second chief, name: Second Chief, email: chief2@acme.test, password: '${STAFF_PASSWORD}' }
      - { login: keeper, name: Keeper, email: keeper@acme.test, password: '${STAFF_PASSWORD}' }
      - { login: helper, name: Helper, email: helper@acme.test, password: '${STAFF_PASSWORD}' }
  - name: Umbrella
    users:
      - { login: keeper, name: Keeper, email: keeper@umbrella.test, password: '${STAFF_PASSWORD}' }
      - { login: helper, name: Helper, email: helper@umbrella.test, password: '${STAFF_PASSWORD}' }
administrators:
  - { domain: ACME, login: chief, role: global-admin }
  - { domain: ACME, login: second chief, role: global-admin }
  - { domain: ACME, login: keeper, role: domain-admin }
  - { domain: ACME, login: helper, role: user-manager }
  - { domain: Umbrella, login: keeper, role: domain-admin }
  - { domain: Umbrella, login: helper, role: user-manager }
${more}`;
}

/** A row of the audit, as far as tests look at it. */
export interface AuditRow {
  readonly event: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly actor: string;
  readonly client_address: string | null;
  readonly domain: string | null;
  readonly target: string | null;
  readonly request_id: string | null;
  readonly correlation_id: string | null;
  readonly detail: Record<string, unknown> | null;
}

/** What {@link World.start} takes besides the options of {@link TestApp}. */
export type WorldOptions = Omit<TestAppOptions, 'database'>;

/** The whole server with the domains of {@link acme}, and the people, calls and looks that the contract's tests need. */
export class World {
  readonly chief: ManagerClient;
  private readonly factory: Factory;

  private constructor(
    readonly app: TestApp,
    private readonly store: TestDatabase,
  ) {
    this.chief = this.manager(CHIEF.user, CHIEF.password);
    this.factory = new Factory(store, app.clock);
  }

  static async start(database: TestDatabase, options: WorldOptions = {}): Promise<World> {
    await database.clear();
    return new World(await TestApp.start({ configuration: acme(), ...options, database }), database);
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  /** Applies the configuration anew, with other settings. */
  async configure(parts: Parameters<typeof acme>[0] = {}): Promise<void> {
    await this.app.apply(acme(parts), { PORT: new URL(this.app.url).port });
  }

  manager(user: string, password = STAFF_PASSWORD): ManagerClient {
    return new ManagerClient(this.app.url, user, password);
  }

  async domain(name = 'ACME'): Promise<Domain> {
    const found = await this.store.dataSource.query<Domain[]>('SELECT id, name FROM domains WHERE name_key = $1', [
      foldName(name),
    ]);
    if (!found[0]) throw new Error(`no domain ${name}`);
    return found[0];
  }

  /** A new person with mail, mobile and {@link OLD_PASSWORD}. */
  async person(fields: PersonFields = {}, domain = 'ACME'): Promise<BuiltinPerson> {
    return this.factory.person(await this.domain(domain), { password: OLD_PASSWORD, ...fields });
  }

  /** Changes a person in the directory, as somebody with another tool would. */
  async change(person: BuiltinPerson, fields: Partial<Pick<BuiltinPerson, PersonColumn>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      await this.query(`UPDATE builtin_people SET ${COLUMNS[name as PersonColumn]} = $2 WHERE id = $1`, [
        person.id,
        value,
      ]);
    }
  }

  async remove(person: BuiltinPerson): Promise<void> {
    await this.query('DELETE FROM builtin_people WHERE id = $1', [person.id]);
  }

  /** Calls {@link SEND} as the chief. */
  call(params: object): Promise<RpcAnswer> {
    return this.chief.call(SEND, params);
  }

  /** A link for this person, not delivered unless a method is given. */
  link(person: BuiltinPerson, params: object = {}): Promise<string> {
    return this.chief.sendReset({ username: person.login, method: 'NONE', ...params });
  }

  browser(headers: Record<string, string> = { 'accept-language': 'en' }): Browserless {
    return new Browserless(this.app.url, headers);
  }

  /** Follows a link up to the form for the new password. */
  async open(link: string, browser = this.browser()): Promise<{ browser: Browserless; form: SeenPage }> {
    return { browser, form: await browser.submit(await browser.get(link), {}) };
  }

  /** Follows a link to its end. */
  async reset(link: string, password = NEW_PASSWORD): Promise<SeenPage> {
    const { browser, form } = await this.open(link);
    return browser.submit(form, { password, repeated: password });
  }

  /** Whether the directory takes this password for the person. */
  async opens(person: BuiltinPerson, password: string): Promise<boolean> {
    const domain = (await this.app.get(Configuration).snapshot()).domainById(person.domainId);
    if (!domain) throw new Error('no domain');
    const found = await this.app.get(People).byLogin(domain, person.login);
    return (await found.directory.verifyPassword(found.person, plainSecret(password))).ok;
  }

  /** What was sent to a person, the newest first, once nothing is under way any more. */
  async messages(person: Pick<BuiltinPerson, 'mail' | 'mobile'>): Promise<MailboxMessage[]> {
    await this.settle();
    return (await this.app.mailbox()).filter(({ to }) => to === person.mail || to === person.mobile);
  }

  /** Carries out what is due until nothing is on its way, whoever has hold of it. */
  async settle(): Promise<void> {
    for (let look = 0; look < 2_000; look++) {
      await this.app.deliverDue();
      const [waiting] = await this.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM messages WHERE state = 'sending' OR (state = 'queued' AND next_attempt_at <= $1)`,
        [this.app.clock.now()],
      );
      if (waiting?.count === 0) return;
    }
    throw new Error('messages are still under way');
  }

  /** The person's requests, the newest first. */
  requests(person: BuiltinPerson): Promise<Pick<OneTimeRequest, 'id' | 'state' | 'endReason' | 'expiresAt'>[]> {
    return this.query(
      `SELECT r.id, r.state, r.end_reason AS "endReason", r.expires_at AS "expiresAt" FROM one_time_requests r
       JOIN accounts a ON a.id = r.account_id WHERE a.directory_key = $1 ORDER BY r.number DESC`,
      [person.id],
    );
  }

  /** Rows of the audit, the oldest first. */
  audit({ event = '%', after = '0' }: { event?: string; after?: string } = {}): Promise<AuditRow[]> {
    return this.query('SELECT * FROM audit_events WHERE event LIKE $1 AND id > $2 ORDER BY id', [event, after]);
  }

  async lastAuditId(): Promise<string> {
    const [row] = await this.query<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM audit_events');
    return row?.id ?? '0';
  }

  /** Runs the job that ends what is overdue. */
  async expire(): Promise<void> {
    await this.app.get(RequestExpiry).run();
  }

  /** Forgets all counted attempts, as an hour without any does. */
  async forgetAttempts(): Promise<void> {
    await this.query('DELETE FROM throttle_counters');
  }

  query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.store.database.query<Row>(sql, parameters);
  }
}

const COLUMNS = {
  mail: 'mail',
  mobile: 'mobile',
  disabled: 'disabled',
  language: 'language',
  lockedAt: 'locked_at',
  mustChangePassword: 'must_change_password',
} as const;
type PersonColumn = keyof typeof COLUMNS;
