import { connect, createServer, type Server, type Socket } from 'node:net';
import { firstElement } from '../../src/core/directory/ldap/ber.js';
import { freePort } from './free-port.js';

/** What happens to the request that a fault is set for. */
export type Fault =
  /** The connection breaks before the request arrives. */
  | 'lost'
  /** The request arrives, and the connection breaks before the answer. */
  | 'answer-lost';

/** A proxy before an LDAP server in clear text, which breaks connections where a test wants it. */
export class TcpProxy {
  /** Connections accepted so far. */
  accepted = 0;
  /** Whether requests are swallowed, as by a server that hangs; connections stay open. */
  stalled = false;
  private readonly open = new Set<Socket>();
  private fault: { kind: Fault; requestsBefore: number } | undefined;

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (client) => this.serve(client));
  }

  static async start(target: number): Promise<TcpProxy> {
    const port = await freePort();
    const server = createServer();
    const proxy = new TcpProxy(`ldap://127.0.0.1:${port}`, server, target);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return proxy;
  }

  /** Breaks the connection at the request after `requestsBefore` more, once. */
  failAfter(requestsBefore: number, kind: Fault): void {
    this.fault = { kind, requestsBefore };
  }

  /** Whether the fault set last has not happened. */
  get pending(): boolean {
    return this.fault !== undefined;
  }

  clear(): void {
    this.fault = undefined;
  }

  /** Connections open at this moment. */
  get connections(): number {
    return this.open.size;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    for (const client of this.open) client.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: Socket): void {
    this.accepted += 1;
    this.open.add(client);
    const server = connect(this.target, '127.0.0.1');
    let received: Buffer = Buffer.alloc(0);
    client.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      for (let request = firstElement(received); request; request = firstElement(received)) {
        const message = received.subarray(0, request.end);
        received = received.subarray(request.end);
        this.pass(message, client, server);
      }
    });
    server.on('data', (bytes) => client.write(bytes));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
    client.on('close', () => this.open.delete(client));
  }

  private pass(message: Buffer, client: Socket, server: Socket): void {
    const { fault } = this;
    if (this.stalled) return;
    if (!fault || fault.requestsBefore-- > 0) {
      server.write(message);
      return;
    }
    this.fault = undefined;
    if (fault.kind === 'lost') {
      client.destroy();
      return;
    }
    // The server answers when it is done; the answer is not passed on.
    server.removeAllListeners('data');
    server.once('data', () => client.destroy());
    server.write(message);
  }
}
