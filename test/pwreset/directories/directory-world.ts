import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { People, type FoundPerson } from '../../../src/core/directory/people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { DESK_ADMINISTRATOR, DESK_DOMAIN, HelpDesk, type OpenForm } from '../../support/help-desk.js';
import { realPart } from '../../support/real-parts.js';
import type { Samba } from '../../support/samba.js';
import type { Slapd } from '../../support/slapd.js';
import { TestApp } from '../../support/test-app.js';
import { TestClock } from '../../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

/** A domain whose people live in a directory of their own. */
export interface RemoteDomain {
  readonly name: string;
  /** An entry of the section `directories`, without its name. */
  readonly directory: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Logins of people who may use the JSON-RPC surface. */
  readonly administrators?: readonly string[];
}

/** What the configuration file says of a private OpenLDAP. */
export function openLdap(slapd: Slapd, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    kind: 'openldap',
    urls: [slapd.url],
    startTls: true,
    caFile: slapd.caFile,
    bindDn: slapd.bindDn,
    bindPassword: '${DIRECTORY_PASSWORD}',
    baseDn: slapd.baseDn,
    loginAttributes: ['uid', 'cn', 'mail'],
    ...more,
  };
}

/** What the configuration file says of a private Active Directory. */
export function activeDirectory(samba: Samba, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    kind: 'active-directory',
    urls: [samba.url],
    caFile: samba.caFile,
    bindDn: samba.bindDn,
    bindPassword: '${DIRECTORY_PASSWORD}',
    baseDn: samba.baseDn,
    loginAttributes: ['sAMAccountName', 'userPrincipalName', 'cn'],
    ...more,
  };
}

/** The whole server on real directories, by a configuration file as an operator would write it. */
export class DirectoryWorld {
  readonly desk: HelpDesk;

  private constructor(
    readonly app: TestApp,
    readonly database: TestDatabase,
    private readonly variables: Readonly<Record<string, string>>,
  ) {
    this.desk = new HelpDesk(app.url);
  }

  /** @param variables what `${NAME}` stands for in `domains` */
  static async start(
    domains: readonly RemoteDomain[],
    variables: Readonly<Record<string, string>>,
    replace: Parameters<typeof TestApp.start>[0]['replace'] = (module) => module,
  ): Promise<DirectoryWorld> {
    const database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
    // Directories write their own time into what they keep.
    const clock = new TestClock(new Date());
    const app = await TestApp.start({ database, clock, configuration: fileOf(domains), variables, replace });
    return new DirectoryWorld(app, database, variables);
  }

  /**
   * Applies the configuration file anew, e.g. with other settings.
   *
   * @param settings of the server
   */
  async configure(domains: readonly RemoteDomain[], settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    // Adapters are made anew for a declaration of another time.
    this.app.clock.advance(1);
    await this.app.apply(fileOf(domains, settings), { PORT: new URL(this.app.url).port, ...this.variables });
  }

  /** Forgets all counted attempts, as a while without any does; the clock must stay near that of the directories. */
  async forgetAttempts(): Promise<void> {
    await this.database.database.query('DELETE FROM throttle_counters');
  }

  async stop(): Promise<void> {
    await this.app.stop();
    await this.database.stop();
  }

  /** Opens a new link for this person up to the form for the password. */
  async open(domain: string, username: string): Promise<OpenForm> {
    return this.desk.open(await this.desk.link(domain, username));
  }

  /** The person as the directory knows them now. */
  async person(domain: string, login: string): Promise<FoundPerson> {
    const found = (await this.app.get(Configuration).snapshot()).domain(domain);
    if (!found) throw new Error(`no domain ${domain}`);
    return this.app.get(People).byLogin(found, login);
  }

  /** Whether the directory takes this password, or why not. */
  async check(domain: string, login: string, password: string): Promise<string> {
    const { directory, person } = await this.person(domain, login);
    const check = await directory.verifyPassword(person, plainSecret(password));
    return check.ok ? 'ok' : check.code;
  }

  /** States of the person's requests, the newest first. */
  async states(domain: string, login: string): Promise<string[]> {
    const { account } = await this.person(domain, login);
    const found = await this.database.database.query<{ state: string }>(
      'SELECT state FROM one_time_requests WHERE account_id = $1 ORDER BY number DESC',
      [account.id],
    );
    return found.map(({ state }) => state);
  }

  /** What the audit says of the person's newest request, the oldest event first. */
  async story(domain: string, login: string): Promise<string[]> {
    const { account } = await this.person(domain, login);
    const rows = await this.database.database.query<{ event: string; outcome: string; code: string | null }>(
      `SELECT event, outcome, code FROM audit_events
       WHERE request_id = (SELECT id FROM one_time_requests WHERE account_id = $1 ORDER BY number DESC LIMIT 1)
       ORDER BY id`,
      [account.id],
    );
    return rows.map(({ event, outcome, code }) =>
      [event.replace('password-reset.', ''), outcome, ...(code ? [code] : [])].join(' '),
    );
  }
}

function fileOf(domains: readonly RemoteDomain[], server: Readonly<Record<string, unknown>> = {}): string {
  const settings = { pwd_policy: 'directory', link_sends_per_person_per_hour: 1_000 };
  // JSON is YAML too.
  return `
publicUrl: http://127.0.0.1:\${PORT}
server: { settings: ${JSON.stringify(server)} }
directories: ${JSON.stringify(domains.map(({ name, directory }) => ({ name: directoryOf(name), ...directory })))}
domains:${DESK_DOMAIN}
${domains
  .map(
    ({ name, settings: own }) => `
  - name: ${name}
    directory: ${directoryOf(name)}
    settings: ${JSON.stringify({ ...settings, ...own })}`,
  )
  .join('')}
administrators:${DESK_ADMINISTRATOR}
${domains
  .flatMap(({ name, administrators = [] }) =>
    administrators.map((login) => ({ domain: name, login, role: 'domain-admin' })),
  )
  .map((administrator) => `  - ${JSON.stringify(administrator)}`)
  .join('\n')}
`;
}

function directoryOf(domain: string): string {
  return `directory of ${domain}`;
}
