import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Arrivals } from './arrivals.js';
import type { ServerCertificate } from './test-ca.js';

/** A mail as the relay accepted it. */
export interface AcceptedMail {
  /** Envelope (RFC 5321), which decides where a mail goes, whatever its header says. */
  readonly from: string;
  readonly to: readonly string[];
  /** Whether it came over TLS. */
  readonly secure: boolean;
  /** The login of the client, if there was one. */
  readonly user: string | undefined;
  readonly parsed: ParsedMail;
  /** Header and body as they came. */
  readonly source: string;
}

/** Steps of the conversation at which the relay can misbehave. */
export type SmtpStep = 'connect' | 'recipient' | 'data';

/** What the relay does instead of accepting. */
type Fault =
  | { readonly kind: 'refuse'; readonly at: SmtpStep; readonly code: number; readonly text: string }
  | { readonly kind: 'stall' | 'drop'; readonly at: SmtpStep };

export interface SmtpServerOptions {
  /** Offers STARTTLS with this certificate; without one there is no TLS. */
  readonly certificate?: ServerCertificate;
  /** Speaks TLS from the first byte (`smtps:`), with {@link certificate}. */
  readonly implicitTls?: boolean;
  /** Demands this login before a mail. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** A real mail relay on 127.0.0.1 that accepts everything until it is told otherwise, and keeps what it accepted. */
export class TestSmtpServer {
  readonly mails = new Arrivals<AcceptedMail>();
  /** Conversations begun, whatever became of them. */
  connections = 0;
  private fault: Fault | undefined;
  private readonly server: SMTPServer;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly options: SmtpServerOptions) {
    const { certificate, implicitTls = false, login } = options;
    this.server = new SMTPServer({
      secure: implicitTls,
      ...(certificate && { cert: readFileSync(certificate.certFile), key: readFileSync(certificate.keyFile) }),
      hideSTARTTLS: !certificate || implicitTls,
      disableReverseLookup: true,
      authOptional: !login,
      disabledCommands: login ? [] : ['AUTH'],
      allowInsecureAuth: true,
      closeTimeout: 1,
      onAuth: ({ username, password }, _, done) =>
        username === login?.user && password === login?.password
          ? done(null, { user: username })
          : done(replyWith(535, 'authentication failed')),
      onConnect: (_, done) => this.step('connect', done),
      onRcptTo: (_address, _session, done) => this.step('recipient', done),
      onData: (stream, session, done) => void this.take(stream, session, done),
    });
    // A client that hangs up in the middle is the point of some tests.
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket: Socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(options: SmtpServerOptions = {}): Promise<TestSmtpServer> {
    const smtp = new TestSmtpServer(options);
    await new Promise<void>((resolve) => smtp.server.listen(0, '127.0.0.1', resolve));
    return smtp;
  }

  /** For the mail profile of a configuration file. */
  get url(): string {
    return `${this.options.implicitTls ? 'smtps' : 'smtp'}://127.0.0.1:${this.port}`;
  }

  get port(): number {
    const address = this.server.server.address();
    if (address === null || typeof address === 'string') throw new Error('the relay does not listen');
    return address.port;
  }

  /** Accepts again. */
  accept(): void {
    this.fault = undefined;
  }

  /** Refuses with a reply code: 5xx is for good, 4xx for now (RFC 5321 section 4.2.1). */
  refuse(code: 550 | 552 | 554 | 450 | 451 | 421, at: SmtpStep = 'recipient', text = 'refused by the test'): void {
    this.fault = { kind: 'refuse', at, code, text };
  }

  /** Says nothing any more, with the connection open. */
  stall(at: SmtpStep = 'data'): void {
    this.fault = { kind: 'stall', at };
  }

  /** Cuts the connection; at `data` after the whole mail has arrived, so that the client cannot know what became of it. */
  drop(at: SmtpStep = 'data'): void {
    this.fault = { kind: 'drop', at };
  }

  /** Cuts all connections there are now; what was stalled on them ends without an answer. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.hangUp();
    await closed;
  }

  private step(at: SmtpStep, done: (error?: Error | null) => void): void {
    const { fault } = this;
    if (fault?.at !== at) return done();
    if (fault.kind === 'refuse') return done(replyWith(fault.code, fault.text));
    if (fault.kind === 'drop') for (const socket of this.sockets) socket.destroy();
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const source = Buffer.concat(chunks);
    if (this.fault?.at !== 'data') {
      const { mailFrom, rcptTo } = session.envelope;
      this.mails.add({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        secure: session.secure,
        user: session.user as string | undefined,
        parsed: await simpleParser(source),
        source: source.toString('utf8'),
      });
    }
    this.step('data', done);
  }
}

function replyWith(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
