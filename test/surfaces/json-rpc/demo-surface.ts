import { Injectable } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { ServerOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Right } from '../../../src/core/administrators/rights.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { leaveBodiesToRoutes } from '../../../src/core/web/route-bodies.js';
import { AdministratorsGate } from '../../../src/surfaces/json-rpc/administrators-gate.js';
import { CallJournal } from '../../../src/surfaces/json-rpc/call-journal.js';
import { type Admission, ManagerGate, type RpcCaller } from '../../../src/surfaces/json-rpc/caller.js';
import { JsonRpcModule } from '../../../src/surfaces/json-rpc/json-rpc.module.js';
import { NoParams, RpcMethod } from '../../../src/surfaces/json-rpc/rpc-method.js';
import {
  Base64Param,
  BooleanParam,
  IntegerParam,
  StringParam,
} from '../../../src/surfaces/json-rpc/rpc-parameter-types.js';
import type { RpcResult } from '../../../src/surfaces/json-rpc/rpc-result.js';

export const ADMIN = 'RCDEVSDOCS\\administrator';
export const PASSWORD = 'pass:word \\ with:colons';

/** A gate with one administrator, whose address and fortune a test can choose. */
@Injectable()
export class FakeGate extends ManagerGate {
  /** Thrown instead of letting anybody in. */
  refusal: Error | undefined;
  rights: Right[] = ['send-links'];
  readonly admissions: Admission[] = [];

  override async admit(admission: Admission): Promise<RpcCaller> {
    this.admissions.push(admission);
    if (this.refusal) throw this.refusal;
    const { authorization, request } = admission;
    if (authorization.kind === 'none') throw new DomainError('credentials-missing');
    if (authorization.kind === 'malformed' || authorization.user !== ADMIN || authorization.password !== PASSWORD) {
      throw new DomainError('credentials-invalid', { detail: 'log only' });
    }
    return {
      label: ADMIN,
      accountId: 'a1',
      domainId: 'd1',
      role: 'global-admin',
      clientAddress: '127.0.0.1',
      correlationId: request.id,
    };
  }

  override async may(_caller: RpcCaller, right: Right): Promise<boolean> {
    return this.rights.includes(right);
  }
}

export class DemoParams {
  @StringParam({ required: true, description: 'Login in the domain.' })
  username!: string;

  @StringParam({ description: 'Name of the domain.' })
  domain?: string;

  @IntegerParam({ required: true, description: 'Hours.', schema: { minimum: 1, maximum: 720 } })
  expires!: number;

  @BooleanParam({ description: 'Second factor.' })
  mfa?: boolean;

  @Base64Param({ description: 'Key.' })
  key?: Uint8Array;
}

export class WordParams {
  @StringParam({ description: 'What the method is to end in.' })
  word?: string;
}

/** What {@link DemoMethods} tells of its parameters: JSON has no bytes. */
export interface SeenParams {
  readonly [name: string]: RpcResult;
}

@Injectable()
export class DemoMethods {
  /** Every call that reached a method, in order. */
  readonly calls: { method: string; params: object; caller: RpcCaller }[] = [];
  /** Thrown by `Demo.Fail`. */
  failure = new Error('no failure chosen');

  @RpcMethod({
    name: 'Demo.Echo',
    summary: 'Gives its parameters back.',
    right: 'send-links',
    params: DemoParams,
    result: { type: 'object' },
    examples: [{ summary: 'An hour', params: { username: 'jane', expires: 1 }, result: { username: 'jane' } }],
  })
  async echo(params: DemoParams, caller: RpcCaller): Promise<SeenParams> {
    this.calls.push({ method: 'echo', params, caller });
    const { key, ...others } = params;
    const present = Object.entries(others).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(present), ...(key && { key: Buffer.from(key).toString('utf8') }) };
  }

  @RpcMethod({ name: 'Demo.Word', summary: 'Ends.', right: 'send-links', params: WordParams, result: {} })
  async word(params: WordParams, caller: RpcCaller): Promise<RpcResult> {
    this.calls.push({ method: 'word', params, caller });
    return params.word === 'false' ? false : (params.word ?? null);
  }

  @RpcMethod({ name: 'Demo.Fail', summary: 'Fails.', right: 'send-links', params: NoParams, result: {} })
  async fail(_params: NoParams, caller: RpcCaller): Promise<RpcResult> {
    this.calls.push({ method: 'fail', params: {}, caller });
    throw this.failure;
  }
}

/** A call that did not reach its method. */
export interface RefusedCall {
  readonly method: string | undefined;
  readonly code: string | number;
}

/** A small application around the surface, listening on a port of its own. */
export class DemoSurface {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly origin: string,
    /** What the journal got to write down. */
    readonly refused: RefusedCall[],
  ) {}

  static async start(options: { https?: ServerOptions } = {}): Promise<DemoSurface> {
    const refused: RefusedCall[] = [];
    const journal: Pick<CallJournal, 'refused'> = {
      refused: async (_caller, method, { code }) => void refused.push({ method, code }),
    };
    const module = await Test.createTestingModule({ imports: [JsonRpcModule], providers: [DemoMethods] })
      .overrideProvider(AdministratorsGate)
      .useValue({})
      .overrideProvider(ManagerGate)
      .useClass(FakeGate)
      .overrideProvider(CallJournal)
      .useValue(journal)
      .compile();
    const adapter = new FastifyAdapter({ ...options, logger: false, routerOptions: { ignoreTrailingSlash: true } });
    const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false, logger: false });
    leaveBodiesToRoutes(adapter.getInstance());
    await app.listen(0, '127.0.0.1');
    return new DemoSurface(app, (await app.getUrl()).replace('[::1]', '127.0.0.1'), refused);
  }

  /** Forgets what a test has changed or counted. */
  reset(): void {
    Object.assign(this.gate, { refusal: undefined, rights: ['send-links'] });
    this.gate.admissions.length = 0;
    this.methods.calls.length = 0;
    this.refused.length = 0;
  }

  get gate(): FakeGate {
    return this.app.get(ManagerGate);
  }

  get methods(): DemoMethods {
    return this.app.get(DemoMethods);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** Sends a body as the administrator and gives the answer as it came. */
  post(body: RequestInit['body'], headers: Record<string, string> = {}, path = '/manag/'): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: basic(ADMIN, PASSWORD), 'content-type': 'application/json', ...headers },
      body: body ?? null,
    });
  }

  /** Sends a JSON value and gives the answer's JSON. */
  async call(value: unknown): Promise<unknown> {
    const response = await this.post(JSON.stringify(value));
    return response.json();
  }

  /** Sends bytes over a connection of its own and gives all that comes back until the server closes it. */
  raw(...pieces: (string | Uint8Array)[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = new Socket();
      let received = '';
      socket.setEncoding('latin1');
      socket.on('data', (text: string) => (received += text));
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
      socket.connect(Number(new URL(this.origin).port), '127.0.0.1', () => {
        for (const piece of pieces) socket.write(piece);
      });
    });
  }
}

export function basic(user: string, password: string, encoding: BufferEncoding = 'utf8'): string {
  return `Basic ${Buffer.from(`${user}:${password}`, encoding).toString('base64')}`;
}
