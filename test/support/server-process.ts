import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { removeTemporaryFolder } from './temporary-folder.js';
import { watchOver } from './watchdog.js';

export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Where it listens once it is ready. */
  readonly listens: readonly { readonly host: string; readonly port: number }[];
  /** What it keeps; removed when the server is stopped for good. */
  readonly folder: string;
}

const ATTEMPTS = 400;
const PAUSE_MS = 25;
const PATIENCE_MS = 5_000;

/** A server in the foreground of a process of its own, which can be halted and started again. */
export class ServerProcess {
  private process: ChildProcess | undefined;
  private callOff: (() => void) | undefined;

  constructor(private readonly command: ServerCommand) {}

  /** Starts it and waits until it listens. */
  async start(): Promise<void> {
    const { program, args, listens, folder } = this.command;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    if (child.pid !== undefined) this.callOff = watchOver(child.pid, folder);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (child.exitCode !== null) throw new Error(`${program} did not start: ${output}`);
      if ((await Promise.all(listens.map(accepts))).every(Boolean)) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    throw new Error(`${program} did not listen in time: ${output}`);
  }

  /** Ends the process; what it keeps stays. */
  async halt(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await ended;
    clearTimeout(forced);
    this.callOff?.();
  }

  /** Ends the process and removes what it kept. */
  async stop(): Promise<void> {
    await this.halt();
    removeTemporaryFolder(this.command.folder);
  }
}

function accepts({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
