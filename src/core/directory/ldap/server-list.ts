import { DomainError } from '../../errors/domain-error.js';
import type { Clock } from '../../time/clock.js';
import { LdapConnection } from './ldap-connection.js';
import { LdapConnectionError } from './ldap-connection-error.js';
import type { LdapSettings } from './ldap-settings.js';

/**
 * The servers of one directory, in the operator's order of preference. One that failed is asked last for a while, so
 * that a dead first server does not cost its timeout each time.
 */
export class ServerList {
  private readonly failedUntil = new Map<string, Date>();

  constructor(
    private readonly settings: LdapSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a connection to the first server that can be reached and that `prepare` succeeds with.
   *
   * @throws DomainError `directory-unavailable` when there is none, or what `prepare` threw for another reason
   */
  async connect(prepare: (connection: LdapConnection) => Promise<void>): Promise<LdapConnection> {
    const failures: string[] = [];
    for (const url of this.order()) {
      try {
        const connection = await this.prepared(url, prepare);
        this.failedUntil.delete(url);
        return connection;
      } catch (error) {
        if (!isOutage(error)) throw error;
        this.markFailed(url);
        failures.push(error.message);
      }
    }
    throw new DomainError('directory-unavailable', { detail: failures.join('; ') });
  }

  /** Remembers that the server broke off or did not answer. */
  markFailed(url: string): void {
    this.failedUntil.set(url, this.clock.in(this.settings.retryServerSeconds));
  }

  private async prepared(url: string, prepare: (connection: LdapConnection) => Promise<void>): Promise<LdapConnection> {
    const connection = await LdapConnection.open(url, this.settings);
    try {
      await prepare(connection);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  private order(): string[] {
    const now = this.clock.now();
    const failed = (url: string) => (this.failedUntil.get(url) ?? now) > now;
    return [...this.settings.urls].sort((a, b) => Number(failed(a)) - Number(failed(b)));
  }
}

function isOutage(error: unknown): error is Error {
  return error instanceof LdapConnectionError || DomainError.is(error, 'directory-unavailable');
}
