import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy before any server, which can fall silent as a network does, its connections open, or cut them. */
export class SilentProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private silent = false;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (client) => this.serve(client));
  }

  static async start(target: number): Promise<SilentProxy> {
    const server = createServer();
    const proxy = new SilentProxy(server, target);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on nothing gets through in either direction, on open connections and on new ones. */
  fallSilent(): void {
    this.silent = true;
    for (const socket of [...this.pairs].flat()) socket.pause();
  }

  /** What was held back arrives. */
  speak(): void {
    this.silent = false;
    for (const socket of [...this.pairs].flat()) socket.resume();
  }

  /** Cuts all connections there are now, in both directions and without a word. */
  cut(): void {
    for (const socket of [...this.pairs].flat()) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    const pair = [client, server] as const;
    this.pairs.add(pair);
    for (const [one, other] of [pair, [server, client] as const]) {
      one.on('data', (bytes) => other.write(bytes));
      one.on('error', () => undefined);
      one.on('close', () => {
        other.destroy();
        this.pairs.delete(pair);
      });
      if (this.silent) one.pause();
    }
  }
}
