import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { freePort } from '../../test/support/free-port.js';
import { watchOver } from '../../test/support/watchdog.js';

const START_DEADLINE_MS = 60_000;
const PROFILER = fileURLToPath(new URL('profiler-preload.js', import.meta.url));

export interface ServerOptions {
  /** Folder of the built product. */
  readonly dist: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What it keeps; removed, and the server ended, should this process be killed. */
  readonly folder: string;
  /** Makes {@link Server.startProfile} possible. */
  readonly profiled: boolean;
}

/** The built server as a process of its own. */
export class Server {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly callOffWatch: (() => void) | undefined,
  ) {}

  /** Starts the server and waits until it says that it is ready. @throws Error with its own words when it does not */
  static async start({ dist, environment, folder, profiled }: ServerOptions): Promise<Server> {
    const port = await freePort();
    const preload = profiled ? ['--import', pathToFileURL(PROFILER).href] : [];
    const child = spawn(process.execPath, [...preload, join(dist, 'src/main.js')], {
      env: { ...environment, PORT: String(port), LATCHKEY_LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed.push(text);
        if (printed.length > 200) printed.shift();
      });
    }
    const callOffWatch = child.pid === undefined ? undefined : watchOver(child.pid, folder);
    const server = new Server(`http://127.0.0.1:${port}`, child, callOffWatch);
    if (await server.becomesReady()) return server;
    await server.stop();
    throw new Error(`the server did not become ready:\n${printed.join('')}`);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Begins a processor profile; see `--profile`. */
  startProfile(): Promise<void> {
    return this.ask('profile-start').then(() => undefined);
  }

  /** Ends the profile and writes it to `file`, to be opened with the developer tools of a browser. */
  stopProfile(file: string): Promise<void> {
    return this.ask('profile-stop', file).then(() => undefined);
  }

  async stop(): Promise<void> {
    this.callOffWatch?.();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const forced = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(forced);
  }

  private async ask(...message: string[]): Promise<void> {
    const answered = once(this.child, 'message');
    this.child.send(message);
    const [problem] = (await answered) as [string];
    if (problem !== '') throw new Error(problem);
  }

  private async becomesReady(): Promise<boolean> {
    const deadline = performance.now() + START_DEADLINE_MS;
    while (this.child.exitCode === null && performance.now() < deadline) {
      const response = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (response?.ok) return true;
      await delay(50);
    }
    return false;
  }
}
