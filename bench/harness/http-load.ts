import autocannon from 'autocannon';
import { cpuBetween } from './cpu.js';
import type { Contender, Sample, Span } from './scenario.js';
import { latenciesOf } from './statistics.js';
import type { World } from './world.js';

/** Seconds after which a request without an answer counts as an error. */
const TIMEOUT_SECONDS = 20;

export interface HttpRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a load asks, and which answers are right. */
export interface HttpCalls {
  /** The next request of any connection. */
  next(): HttpRequest;
  /** Whether the body of a 2xx answer is what it has to be; everything else counts as an error. */
  isRight(body: string): boolean;
}

/** The product, driven over HTTP by autocannon: each connection sends its next request when it has its answer. */
export function httpLoad(load: {
  readonly name: string;
  readonly title: string;
  calls(world: World): HttpCalls;
  recorded?: Contender['recorded'];
}): Contender {
  // One sequence for a world's whole life, so that warming up and measuring never ask the same thing by accident.
  const callsOf = new WeakMap<World, HttpCalls>();
  return {
    name: load.name,
    title: load.title,
    unit: 'requests',
    countStatements: true,
    ...(load.recorded && { recorded: load.recorded }),
    drive: (world, span) => {
      let calls = callsOf.get(world);
      if (!calls) callsOf.set(world, (calls = load.calls(world)));
      return driveHttp(world, calls, span);
    },
  };
}

/** Drives the server processes of `world` at once, the connections shared out among them. */
export async function driveHttp(world: World, calls: HttpCalls, { connections, until }: Span): Promise<Sample> {
  const tally = new Tally(calls);
  const before = world.cpu();
  const begun = performance.now();
  const urls = world.servers.slice(0, connections).map(({ url }) => url);
  await Promise.all(
    urls.map((url, turn) =>
      drive(url, calls, tally, {
        connections: share(connections, urls.length, turn),
        ...('seconds' in until
          ? { duration: until.seconds }
          : { amount: Math.max(share(until.amount, urls.length, turn), share(connections, urls.length, turn)) }),
      }),
    ),
  );
  const cpu = cpuBetween(before, world.cpu());
  return { ...tally.result((tally.ended - begun) / 1_000), cpu };
}

function drive(
  url: string,
  calls: HttpCalls,
  tally: Tally,
  span: { connections: number; duration?: number; amount?: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let milliseconds = 0;
    const run = autocannon(
      {
        url,
        ...span,
        timeout: TIMEOUT_SECONDS,
        sampleInt: 50,
        requests: [{ setupRequest: (request) => ({ ...request, method: 'POST', ...calls.next() }) }],
        verifyBody: (body) => tally.answered(status, String(body), milliseconds),
      },
      (error, result) => {
        if (error) return reject(error as Error);
        tally.lost(result.errors);
        resolve();
      },
    );
    // Comes right before the body is verified.
    run.on('response', (_client, code, _bytes, took) => {
      status = code;
      milliseconds = took;
    });
  });
}

class Tally {
  private readonly times: number[] = [];
  private wrong = 0;
  private firstError: string | undefined;
  ended = performance.now();

  constructor(private readonly calls: HttpCalls) {}

  answered(status: number, body: string, milliseconds: number): boolean {
    const right = status >= 200 && status < 300 && this.calls.isRight(body);
    if (right) {
      this.times.push(milliseconds);
      this.ended = performance.now();
    } else {
      this.wrong += 1;
      this.firstError ??= `${status} ${body.slice(0, 500)}`;
    }
    return right;
  }

  /** Requests that were never answered. */
  lost(count: number): void {
    this.wrong += count;
    if (count > 0) this.firstError ??= 'no answer';
  }

  result(seconds: number): Sample {
    return {
      perSecond: this.times.length / seconds,
      outcomes: this.times.length,
      errors: this.wrong,
      firstError: this.firstError,
      latencies: latenciesOf(this.times),
    };
  }
}

/** The part of `total` that falls to the `turn`th of `parts`. */
function share(total: number, parts: number, turn: number): number {
  return Math.floor(total / parts) + (turn < total % parts ? 1 : 0);
}
