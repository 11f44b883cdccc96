import type { Clock } from '../../time/clock.js';
import type { LdapConnection } from './ldap-connection.js';
import { LdapConnectionError } from './ldap-connection-error.js';
import { bindRequest } from './ldap-requests.js';
import type { LdapSettings } from './ldap-settings.js';
import { expectSuccess, unavailableIfLost } from './refusals.js';
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
    return this.run(work, 2);
  }

  /**
   * Runs work that changes something, once: what became of a change is not known when the connection breaks.
   *
   * @throws DomainError as {@link read}
   */
  async write<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T> {
    return this.run(work, 1);
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

  private async run<T>(work: (connection: LdapConnection) => Promise<T>, attempts: number): Promise<T> {
    return this.slots.run(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.once(work);
        } catch (error) {
          if (!(error instanceof LdapConnectionError) || attempt >= attempts) throw unavailableIfLost(error);
        }
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
    const connection = await this.servers.connect((opened) => this.bind(opened));
    connection.onClose(() => (this.idle = this.idle.filter((kept) => kept.connection !== connection)));
    return connection;
  }

  /** A server that hangs is asked last for a while; one that closed an old connection is not at fault. */
  private remember({ url }: LdapConnection, error: unknown): void {
    if (error instanceof LdapConnectionError && error.fault === 'timeout') this.servers.markFailed(url);
  }

  private async bind(connection: LdapConnection): Promise<void> {
    const { bindDn, bindPassword } = this.settings;
    expectSuccess(await connection.send(bindRequest(bindDn, bindPassword)), 'bind of the service account');
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
