import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Arrivals } from './arrivals.js';

/** A request to the gateway, with whatever answer. */
export interface SmsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as JSON, as far as it is any. */
  readonly to: string | undefined;
  readonly text: string | undefined;
  readonly body: string;
}

/** A real SMS gateway on 127.0.0.1: `POST {"to", "text"}`. Accepts until it is told otherwise. */
export class TestSmsGateway {
  /** What was accepted. */
  readonly accepted = new Arrivals<SmsRequest>();
  /** All requests, refused and unanswered ones too. */
  readonly requests = new Arrivals<SmsRequest>();
  private readonly held: (() => void)[] = [];
  private status = 202;
  private holding = false;
  private body = '{"id":"sms-1"}';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestSmsGateway> {
    const server = createServer();
    const gateway = new TestSmsGateway(server);
    server.on('request', (request, response) => void gateway.take(request, response));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return gateway;
  }

  /** For the gateway of a configuration file. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/send`;
  }

  /** Accepts again; requests that wait for an answer go on waiting. */
  accept(): void {
    Object.assign(this, { status: 202, holding: false, body: '{"id":"sms-1"}' });
  }

  /** Answers with this status: 4xx refuses for good, 5xx for now. */
  refuse(status: number, body = '{"error":"refused by the test"}'): void {
    Object.assign(this, { status, holding: false, body });
  }

  /** Takes requests and gives no answer until {@link answerLate}. */
  stall(): void {
    this.holding = true;
  }

  /** Answers, as accepted, everything that waits. */
  answerLate(): void {
    for (const answer of this.held.splice(0)) answer();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(incoming);
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body, ...parse(body) };
    const { status } = this;
    const answerBody = this.body;
    const answer = (): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(answerBody);
      if (status < 300) this.accepted.add(request);
    };
    this.requests.add(request);
    if (this.holding) this.held.push(answer);
    else answer();
  }
}

function parse(body: string): Pick<SmsRequest, 'to' | 'text'> {
  try {
    const { to, text: message } = JSON.parse(body) as Partial<SmsRequest>;
    return { to, text: message };
  } catch {
    return { to: undefined, text: undefined };
  }
}
