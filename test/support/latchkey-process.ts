import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { sharedService } from './shared-service.js';
import { removeTemporaryFolder, temporaryFolder } from './temporary-folder.js';

const START_DEADLINE_MS = 60_000;

/** A master key that is the same in every process of a test. */
export const TEST_MASTER_KEYS = `k1:${createHash('sha256').update('latchkey test').digest('base64')}`;

/** The built server as a process of its own, for crashes and for several instances on one database. */
export class LatchkeyProcess {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly printed: string[],
  ) {}

  /**
   * Starts the server and waits until it listens.
   *
   * @param variables its whole environment; by default it runs on an embedded database in a folder of its own
   * @throws Error with what it printed when it ends instead
   */
  static async start(variables: Readonly<Record<string, string>> = {}): Promise<LatchkeyProcess> {
    const { main } = await sharedService('build');
    const folder = temporaryFolder('server');
    const port = variables['PORT'] ? Number(variables['PORT']) : await freePort();
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        LATCHKEY_DATA_DIR: folder,
        LATCHKEY_LOG_LEVEL: 'warn',
        LATCHKEY_MASTER_KEYS: TEST_MASTER_KEYS,
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
    }
    const server = new LatchkeyProcess(port, child, folder, printed);
    await server.untilListening();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Everything printed so far, log lines included. */
  get output(): string {
    return this.printed.join('');
  }

  /** Asks the server to end, or with SIGKILL ends it at once; resolves to its exit code, or the signal that ended it. */
  async stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    if (!this.ended) {
      const exited = once(this.child, 'exit');
      this.child.kill(signal);
      await exited;
    }
    removeTemporaryFolder(this.folder);
    return this.child.exitCode ?? this.child.signalCode;
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async untilListening(): Promise<void> {
    const deadline = performance.now() + START_DEADLINE_MS;
    while (!(await accepts(this.port))) {
      if (this.ended || performance.now() > deadline) {
        await this.stop('SIGKILL');
        throw new Error(`the server did not start:\n${this.output}`);
      }
      await delay(50);
    }
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
