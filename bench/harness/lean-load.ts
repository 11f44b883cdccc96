import { connect, type Socket } from 'node:net';
import { cpuBetween } from './cpu.js';
import type { HttpCalls } from './http-load.js';
import type { Sample, Span } from './scenario.js';
import { latenciesOf } from './statistics.js';
import type { World } from './world.js';

/** Seconds after which a connection without an answer counts as an error. */
const TIMEOUT_SECONDS = 20;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Drives the server processes of `world` at once, each connection sending its next request when it has its answer. On a
 * machine where load and server share two cores a load generator that costs as much as the server measures itself: this
 * one does no more than write a request and find the end of the answer.
 */
export async function driveLean(world: World, calls: HttpCalls, { connections, until }: Span): Promise<Sample> {
  const times: number[] = [];
  const tally: { wrong: number; firstError: string | undefined } = { wrong: 0, firstError: undefined };
  const before = world.cpu();
  const begun = performance.now();
  let begunRequests = 0;
  const goesOn = () =>
    'seconds' in until ? performance.now() - begun < until.seconds * 1_000 : begunRequests < until.amount;
  await Promise.all(
    Array.from({ length: connections }, async (_, turn) => {
      const connection = await Connection.open(world.servers[turn % world.servers.length]?.url ?? '');
      while (goesOn()) {
        begunRequests += 1;
        const { path, headers, body } = calls.next();
        const asked = performance.now();
        const answer = await connection.post(path, headers, body).catch((error: unknown) => String(error));
        if (typeof answer === 'string' || answer.status !== 200 || !calls.isRight(answer.body)) {
          tally.wrong += 1;
          tally.firstError ??= typeof answer === 'string' ? answer : `${answer.status} ${answer.body.slice(0, 500)}`;
          if (typeof answer === 'string') break;
        } else {
          times.push(performance.now() - asked);
        }
      }
      connection.close();
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return {
    perSecond: times.length / seconds,
    outcomes: times.length,
    errors: tally.wrong,
    firstError: tally.firstError,
    latencies: latenciesOf(times),
    cpu: cpuBetween(before, world.cpu()),
  };
}

/** A connection that is kept, for one request after the other. */
export class Connection {
  private received = '';
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  private constructor(
    private readonly host: string,
    private readonly socket: Socket,
  ) {
    socket
      .setNoDelay(true)
      .setEncoding('latin1')
      .setTimeout(TIMEOUT_SECONDS * 1_000);
    socket.on('data', (text: string) => this.read(text));
    socket.on('timeout', () => socket.destroy(new Error('no answer')));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the connection was closed')));
  }

  static async open(url: string): Promise<Connection> {
    const { hostname, port, host } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new Connection(host, socket);
  }

  /** @param body ASCII only */
  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    return this.send('POST', path, { ...headers, 'content-length': String(body.length) }, body);
  }

  get(path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.send('GET', path, headers, '');
  }

  private send(method: string, path: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.host}\r\n${lines.join('')}\r\n${body}`, 'latin1');
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private read(text: string): void {
    this.received += text;
    const head = this.received.indexOf('\r\n\r\n');
    if (head === -1) return;
    const [, length] = /\r\ncontent-length: *(\d+)/i.exec(this.received.slice(0, head)) ?? [];
    const end = head + 4 + Number(length);
    if (Number.isNaN(end)) return this.socket.destroy(new Error('an answer without a length')) && undefined;
    if (this.received.length < end) return;
    const answer = { status: Number(this.received.slice(9, 12)), body: this.received.slice(head + 4, end) };
    this.received = this.received.slice(end);
    this.waiting?.resolve(answer);
  }
}
