import { Injectable } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { ServerOptions } from 'node:https';
import { Socket } from 'node:net';
import type { AdministratorCaller } from '../../../src/core/administrators/administrator-caller.js';
import { type NamedPerson, ReachablePeople } from '../../../src/core/administrators/reachable-people.js';
import type { Right } from '../../../src/core/administrators/rights.js';
import type { FoundPerson } from '../../../src/core/directory/people.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { leaveBodiesToRoutes } from '../../../src/core/web/route-bodies.js';
import { AdministratorsGate } from '../../../src/surfaces/json-rpc/administrators-gate.js';
import { CallJournal } from '../../../src/surfaces/json-rpc/call-journal.js';
import { type Admission, ManagerGate } from '../../../src/surfaces/json-rpc/caller.js';
import { JsonRpcModule } from '../../../src/surfaces/json-rpc/json-rpc.module.js';
import { NoParams, RpcMethod } from '../../../src/surfaces/json-rpc/rpc-method.js';
import {
  Base64Param,
  BooleanParam,
  IntegerParam,
  StringParam,
  WordParam,
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

  override async admit(admission: Admission): Promise<AdministratorCaller> {
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

  override async may(_caller: AdministratorCaller, right: Right): Promise<boolean> {
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

export class PersonParams {
  @StringParam({ required: true, description: 'Distinguished name.' })
  dn!: string;

  @WordParam({ words: ['one', 'Two'], default: 'one', description: 'A word.' })
  word!: 'one' | 'Two';

  @IntegerParam({ min: 1, max: 720, default: 24, description: 'Hours.' })
  expires!: number;
}

/** What {@link DemoMethods} tells of its parameters: JSON has no bytes. */
export interface SeenParams {
  readonly [name: string]: RpcResult;
}

@Injectable()
export class DemoMethods {
  /** Every call that reached a method, in order. */
  readonly calls: { method: string; params: object; caller: AdministratorCaller }[] = [];
  /** Thrown by `Demo.Fail`. */
  failure = new Error('no failure chosen');

  @RpcMethod({
    name: 'Demo.Echo',
    summary: 'Gives its parameters back.',
    right: 'send-links',
    changes: false,
    params: DemoParams,
    result: { type: 'object' },
    examples: [{ summary: 'An hour', params: { username: 'jane', expires: 1 }, result: { username: 'jane' } }],
  })
  async echo(params: DemoParams, caller: AdministratorCaller): Promise<SeenParams> {
    this.calls.push({ method: 'echo', params, caller });
    const { key, ...others } = params;
    const present = Object.entries(others).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(present), ...(key && { key: Buffer.from(key).toString('utf8') }) };
  }

  @RpcMethod({
    name: 'Demo.Word',
    summary: 'Ends.',
    right: 'send-links',
    changes: false,
    params: WordParams,
    result: {},
  })
  async word(params: WordParams, caller: AdministratorCaller): Promise<RpcResult> {
    this.calls.push({ method: 'word', params, caller });
    return params.word === 'false' ? false : (params.word ?? null);
  }

  @RpcMethod({
    name: 'Demo.Person',
    summary: 'Tells of a person.',
    right: 'send-links',
    changes: false,
    person: 'usable',
    params: PersonParams,
    result: {},
  })
  async person(params: PersonParams, caller: AdministratorCaller, { person }: FoundPerson): Promise<RpcResult> {
    this.calls.push({ method: 'person', params, caller });
    return `${person.login} ${params.word} ${params.expires}`;
  }

  @RpcMethod({
    name: 'Demo.Fail',
    summary: 'Fails.',
    right: 'send-links',
    changes: false,
    params: NoParams,
    result: {},
  })
  async fail(_params: NoParams, caller: AdministratorCaller): Promise<RpcResult> {
    this.calls.push({ method: 'fail', params: {}, caller });
    throw this.failure;
  }
}

/** A call as the journal got it: what became of it, or why it was refused. */
export interface JournalEntry {
  readonly method: string | undefined;
  readonly outcome: string | number;
}

/** Knows `cn=jane` of domain D, who can be switched off. */
export class FakePeople implements Pick<ReachablePeople, 'find'> {
  state: 'active' | 'deactivated' = 'active';

  async find(_caller: AdministratorCaller, name: NamedPerson): Promise<FoundPerson> {
    const dn = 'dn' in name ? name.dn : `cn=${name.username}`;
    if (dn !== 'cn=jane') throw new DomainError('account-not-found', { params: { dn } });
    return { person: { dn, login: 'jane' }, account: { state: this.state } } as unknown as FoundPerson;
  }
}

/** A small application around the surface, listening on a port of its own. */
export class DemoSurface {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly origin: string,
    /** What the journal got to write down. */
    readonly journal: JournalEntry[],
    readonly people: FakePeople,
  ) {}

  static async start(options: { https?: ServerOptions } = {}): Promise<DemoSurface> {
    const entries: JournalEntry[] = [];
    const journal: Pick<CallJournal, 'completed' | 'refused'> = {
      completed: async ({ name }) => void entries.push({ method: name, outcome: 'completed' }),
      refused: async ({ name }, error) =>
        void entries.push({ method: name, outcome: (error as { code?: string | number }).code ?? 'failed' }),
    };
    const people = new FakePeople();
    const global = {
      module: class {},
      global: true,
      providers: [{ provide: ReachablePeople, useValue: people }],
      exports: [ReachablePeople],
    };
    const module = await Test.createTestingModule({ imports: [global, JsonRpcModule], providers: [DemoMethods] })
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
    return new DemoSurface(app, (await app.getUrl()).replace('[::1]', '127.0.0.1'), entries, people);
  }

  /** Forgets what a test has changed or counted. */
  reset(): void {
    Object.assign(this.gate, { refusal: undefined, rights: ['send-links'] });
    this.gate.admissions.length = 0;
    this.methods.calls.length = 0;
    this.journal.length = 0;
    this.people.state = 'active';
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
