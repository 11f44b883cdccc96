import type { DomainError } from '../../errors/domain-error.js';
import type { Clock } from '../../time/clock.js';
import type { LdapConnection } from './ldap-connection.js';
import { LdapConnectionError } from './ldap-connection-error.js';
import { bindRequest } from './ldap-requests.js';
import type { LdapSettings } from './ldap-settings.js';
import { refusalOf, unavailableIfLost } from './refusals.js';
import { RESULT } from './result-codes.js';
import { ServerList } from './server-list.js';
import { Slots } from './slots.js';

interface Idle {
  readonly connection: LdapConnection;
  readonly since: Date;
}

/**
 * Connections bound as the service account: a bounded number, opened when needed, kept for a while, replaced when they
 * broke. Nobody else is ever bound on one of them.
 */
export class ServicePool {
  private readonly servers: ServerList;
  private readonly slots: Slots;
  private readonly checks: Slots;
  private idle: Idle[] = [];
  private sweep: NodeJS.Timeout | undefined;
  private closed = false;
  private refused: { readonly error: DomainError; readonly until: Date } | undefined;

  constructor(
    private readonly settings: LdapSettings,
    private readonly clock: Clock,
  ) {
    this.servers = new ServerList(settings, clock);
    this.slots = new Slots(settings.poolSize, settings.operationTimeoutMs);
    this.checks = new Slots(settings.poolSize, settings.operationTimeoutMs);
  }

  /**
   * Runs work that only reads. When the connection breaks, it is run once more on another one, on the next server if
   * need be.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`, and what `work` throws
   */
  async read<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T> {
    return this.run(work, () => true);
  }

  /**
   * Runs work that changes something. It calls `changing` right before; from then on it is not repeated, because what
   * became of a change is not known when the connection breaks.
   *
   * @throws DomainError as {@link read}
   */
  async write<T>(work: (connection: LdapConnection, changing: () => void) => Promise<T>): Promise<T> {
    let begun = false;
    const begin = () => (begun = true);
    return this.run(
      (connection) => work(connection, begin),
      () => !begun,
    );
  }

  /**
   * Runs work on a connection of its own on which nobody is bound yet, and closes it.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`
   */
  async unbound<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T> {
    return this.checks.run(async () => {
      try {
        const connection = await this.servers.connect(() => Promise.resolve());
        try {
          return await work(connection);
        } catch (error) {
          this.remember(connection, error);
          throw error;
        } finally {
          connection.close();
        }
      } catch (error) {
        throw unavailableIfLost(error);
      }
    });
  }

  /** Closes what is idle now and lets nothing become idle any more. */
  close(): void {
    this.closed = true;
    clearTimeout(this.sweep);
    for (const { connection } of this.idle.splice(0)) connection.close();
  }

  private async run<T>(work: (connection: LdapConnection) => Promise<T>, mayRepeat: () => boolean): Promise<T> {
    return this.slots.run(async () => {
      try {
        return await this.once(work);
      } catch (error) {
        if (!(error instanceof LdapConnectionError) || !mayRepeat()) throw unavailableIfLost(error);
      }
      try {
        return await this.once(work);
      } catch (error) {
        throw unavailableIfLost(error);
      }
    });
  }

  private async once<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T> {
    const connection = this.takeIdle() ?? (await this.open());
    try {
      return await work(connection);
    } catch (error) {
      this.remember(connection, error);
      throw error;
    } finally {
      this.giveBack(connection);
    }
  }

  private async open(): Promise<LdapConnection> {
    if (this.refused && this.refused.until > this.clock.now()) throw this.refused.error;
    const connection = await this.servers.connect((opened) => this.bind(opened));
    connection.onClose(() => (this.idle = this.idle.filter((kept) => kept.connection !== connection)));
    return connection;
  }

  /** A server that hangs is asked last for a while; one that closed an old connection is not at fault. */
  private remember({ url }: LdapConnection, error: unknown): void {
    if (error instanceof LdapConnectionError && error.fault === 'timeout') this.servers.markFailed(url);
  }

  /** A refused service account is not tried again at once: directories lock accounts that fail too often. */
  private async bind(connection: LdapConnection): Promise<void> {
    const { bindDn, bindPassword, retryServerSeconds } = this.settings;
    const reply = await connection.send(bindRequest(bindDn, bindPassword));
    if (reply.status === RESULT.success) return;
    const error = refusalOf(reply, 'bind of the service account');
    if (reply.status === RESULT.invalidCredentials) {
      this.refused = { error, until: this.clock.in(retryServerSeconds) };
    }
    throw error;
  }

  private takeIdle(): LdapConnection | undefined {
    this.closeOverdue();
    return this.idle.pop()?.connection;
  }

  private giveBack(connection: LdapConnection): void {
    if (connection.closed) return;
    if (this.closed) return connection.close();
    this.idle.push({ connection, since: this.clock.now() });
    this.armSweep();
  }

  private armSweep(): void {
    this.sweep ??= setTimeout(() => {
      this.sweep = undefined;
      this.closeOverdue();
      if (this.idle.length > 0) this.armSweep();
    }, this.settings.idleSeconds * 1000).unref();
  }

  private closeOverdue(): void {
    const limit = this.clock.in(-this.settings.idleSeconds);
    for (const { connection } of this.idle.filter(({ since }) => since <= limit)) connection.close();
  }
}
