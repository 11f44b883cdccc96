import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { firstElement } from './ber.js';
import { LdapConnectionError } from './ldap-connection-error.js';
import { type LdapReply, readServerMessage, type ServerMessage } from './ldap-reply.js';
import { PendingRequests } from './pending-requests.js';
import { type LdapRequest, startTlsRequest, unbindRequest } from './ldap-requests.js';
import { openTcp, readTrust, secure, type Transport, transportOf, type Trust } from './ldap-transport.js';
import type { LdapSettings } from './ldap-settings.js';
import type { TlsState } from './tls-state.js';

/**
 * One LDAP connection. Requests are answered or fail within their time; one that is not answered in time ends the
 * connection, because what comes later could be taken for the answer to something else.
 *
 * ldapjs encodes what is sent and its client is not used: it ends the process on result codes it does not know and on
 * errors of sockets already closed, leaves a stalled StartTLS waiting for ever, and drops the controls of refusals.
 */
export class LdapConnection {
  private readonly pending = new PendingRequests();
  private readonly closeListeners: (() => void)[] = [];
  private received: Buffer = Buffer.alloc(0);
  private fault: LdapConnectionError | undefined;

  private constructor(
    /** The URL it was opened with. */
    readonly url: string,
    private socket: Socket,
    private readonly timeoutMs: number,
  ) {
    this.listen();
  }

  /**
   * Opens a connection, with TLS as configured.
   *
   * @throws LdapConnectionError when the server cannot be reached, or not with the security asked for, in time
   * @throws DomainError `directory-misconfigured` for settings that cannot work
   */
  static async open(url: string, settings: LdapSettings): Promise<LdapConnection> {
    const transport = transportOf(url, settings);
    const trust = await readTrust(settings);
    const opening = new AbortController();
    const expire = () => {
      opening.abort(new LdapConnectionError('timeout', `${url}: no connection within ${settings.connectTimeoutMs} ms`));
    };
    const deadline = setTimeout(expire, settings.connectTimeoutMs);
    try {
      return await endedBy(opening.signal, LdapConnection.connect(url, settings, transport, trust, opening.signal));
    } finally {
      clearTimeout(deadline);
    }
  }

  private static async connect(
    url: string,
    settings: LdapSettings,
    transport: Transport,
    trust: Trust,
    signal: AbortSignal,
  ): Promise<LdapConnection> {
    const socket = await openTcp(transport, signal);
    try {
      const first = transport.security === 'tls' ? await secure(socket, transport, trust) : socket;
      const connection = new LdapConnection(url, first, settings.operationTimeoutMs);
      if (transport.security === 'starttls') await connection.startTls(transport, trust);
      return connection;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  get closed(): boolean {
    return this.fault !== undefined;
  }

  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  /**
   * Sends a request and waits for its end, whatever the server's verdict.
   *
   * @throws LdapConnectionError when there is no answer
   */
  async send(request: LdapRequest): Promise<LdapReply> {
    if (this.fault) throw this.fault;
    request.id = this.pending.nextId();
    const bytes = request.toBer().buffer;
    const reply = this.pending.replyTo(request.id, this.timeoutMs, () =>
      this.end(new LdapConnectionError('timeout', `${this.url}: no answer within ${this.timeoutMs} ms`)),
    );
    this.socket.write(bytes);
    return reply;
  }

  /** The TLS in use; undefined in clear text. */
  tls(): TlsState | undefined {
    if (!(this.socket instanceof TLSSocket)) return undefined;
    const expires = new Date(this.socket.getPeerCertificate().valid_to);
    return {
      version: this.socket.getProtocol() ?? 'TLS',
      certificateExpires: Number.isNaN(expires.getTime()) ? undefined : expires,
    };
  }

  /** Says good-bye and closes. */
  close(): void {
    if (this.fault) return;
    const farewell = unbindRequest();
    farewell.id = this.pending.nextId();
    this.socket.write(farewell.toBer().buffer);
    this.end(new LdapConnectionError('closed', `${this.url}: closed`));
  }

  private async startTls(transport: Transport, trust: Trust): Promise<void> {
    const { status, diagnostic } = await this.send(startTlsRequest());
    if (status !== 0) throw new LdapConnectionError('tls', `${this.url}: StartTLS refused (${status}) ${diagnostic}`);
    const clear = this.socket;
    clear.removeAllListeners('data');
    // What came in clear before the handshake was not said by the server that the certificate names.
    this.received = Buffer.alloc(0);
    this.socket = await secure(clear, transport, trust);
    this.listen();
  }

  private listen(): void {
    this.socket.on('data', (bytes: Buffer) => this.receive(bytes));
    this.socket.on('error', (error) => this.end(new LdapConnectionError('closed', `${this.url}: ${error.message}`)));
    this.socket.on('close', () => this.end(new LdapConnectionError('closed', `${this.url}: closed by the server`)));
  }

  private receive(bytes: Buffer): void {
    this.received = this.received.length === 0 ? bytes : Buffer.concat([this.received, bytes]);
    try {
      for (let element = firstElement(this.received); element; element = firstElement(this.received)) {
        this.received = this.received.subarray(element.end);
        this.accept(readServerMessage(element));
      }
    } catch (error) {
      this.end(new LdapConnectionError('protocol', `${this.url}: the answer is not LDAP`, { cause: error }));
    }
  }

  private accept(message: ServerMessage): void {
    if (message.id !== 0 || message.kind !== 'end') return this.pending.accept(message);
    // Notice of disconnection (RFC 4511 section 4.4.1).
    this.end(new LdapConnectionError('closed', `${this.url}: ${message.reply.diagnostic || 'ended by the server'}`));
  }

  private end(fault: LdapConnectionError): void {
    if (this.fault) return;
    this.fault = fault;
    if (fault.fault === 'closed') this.socket.destroySoon();
    else this.socket.destroy();
    this.pending.fail(fault);
    for (const listener of this.closeListeners) listener();
  }
}

/** The outcome of `work`, unless `signal` ends the wait first. */
async function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
