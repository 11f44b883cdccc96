import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { People } from '../../../src/core/directory/people.js';
import { readConfiguration } from '../../../src/core/config/file/read-configuration-file.js';
import { ApplyConfiguration } from '../../../src/core/domains/apply/apply-configuration.js';
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

/** What differs from one world to the next, as YAML. */
export interface AcmeParts {
  /** Settings of the server. */
  readonly settings?: string;
  /** Settings of the domain ACME. */
  readonly domainSettings?: string;
  readonly publicUrl?: string;
  /** Further sections. */
  readonly more?: string;
  /** A last change to the whole text. */
  readonly edit?: (yaml: string) => string;
}

/** Two domains, each with administrators of every role; people are added by tests. */
export function acme(parts: AcmeParts = {}): string {
  const { settings = '{}', domainSettings = '{}', publicUrl = 'http://127.0.0.1:${PORT}', more = '' } = parts;
  const text = `
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
  return parts.edit?.(text) ?? text;
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

export interface WorldOptions extends Omit<TestAppOptions, 'database' | 'configuration'> {
  /** How calls and browsers connect, for a listener with a certificate of the test's own. */
  readonly send?: typeof fetch;
}

/** The whole server with the domains of {@link acme}, and the people, calls and looks that the contract's tests need. */
export class World {
  readonly chief: ManagerClient;
  private readonly factory: Factory;

  /** Whether the configuration is another one than at the start. */
  private changed = false;

  private constructor(
    readonly app: TestApp,
    private readonly store: TestDatabase,
    private readonly base: AcmeParts,
    private readonly send: typeof fetch,
  ) {
    this.chief = this.manager(CHIEF.user, CHIEF.password);
    this.factory = new Factory(store, app.clock);
  }

  /** @param base the configuration that {@link calm} comes back to */
  static async start(database: TestDatabase, base: AcmeParts = {}, options: WorldOptions = {}): Promise<World> {
    await database.clear();
    const { send = fetch, ...rest } = options;
    return new World(await TestApp.start({ ...rest, configuration: acme(base), database }), database, base, send);
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  /** The state for the next test: nobody is banned or has used up a limit, and the settings are those of the start. */
  async calm(): Promise<void> {
    await this.query('DELETE FROM throttle_counters');
    if (this.changed) await this.apply(acme(this.base));
    this.changed = false;
  }

  /** Applies the configuration of the start with these parts changed, until {@link calm}. */
  async configure(parts: AcmeParts): Promise<void> {
    await this.apply(acme({ ...this.base, ...parts }));
  }

  /** Makes the database match this configuration file, and nothing else than this. */
  async apply(text: string): Promise<void> {
    this.changed = true;
    // What is made from a declaration is made anew when its time of change is another one.
    this.app.clock.advance(1);
    const file = readConfiguration(text, 'test.yaml', { PORT: new URL(this.app.url).port });
    await this.app.get(ApplyConfiguration).apply({ file, folder: import.meta.dirname }, { prune: true });
  }

  manager(user: string, password = STAFF_PASSWORD): ManagerClient {
    return new ManagerClient(this.app.url, user, password, this.send);
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
    return new Browserless(this.app.url, headers, this.send);
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
  passwordChangedAt: 'password_changed_at',
} as const;
type PersonColumn = keyof typeof COLUMNS;
