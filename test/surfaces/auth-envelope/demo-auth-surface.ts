import { Injectable } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import type { PlainSecret } from '../../../src/core/crypto/secret-types.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { AGENT_PERMISSIONS, type AgentPermission } from '../../../src/core/domains/agent-permissions.js';
import type { ConfigurationSnapshot } from '../../../src/core/domains/configuration-snapshot.js';
import type { Setting } from '../../../src/core/settings/setting.js';
import { leaveBodiesToRoutes } from '../../../src/core/web/route-bodies.js';
import { type AdmittedAgent, AgentGate, type AuthCaller } from '../../../src/surfaces/auth-envelope/auth-caller.js';
import { AuthEnvelopeModule } from '../../../src/surfaces/auth-envelope/auth-envelope.module.js';
import { AuthMethod, NoParameters, type Wanted } from '../../../src/surfaces/auth-envelope/auth-method.js';
import {
  BooleanParam,
  IntegerParam,
  ObjectListParam,
  ObjectParam,
  SecretParam,
  TextParam,
  WordParam,
} from '../../../src/surfaces/auth-envelope/auth-parameter-types.js';
import { AuthRefusal } from '../../../src/surfaces/auth-envelope/auth-refusal.js';
import type { WireList, WireObject } from '../../../src/surfaces/auth-envelope/auth-result.js';
import * as attribute from '../../../src/surfaces/auth-envelope/object-type.js';
import {
  APPLICATION,
  type ApplicationReference,
  ReferenceParam,
  TOKEN,
  type TokenReference,
  USER,
  type UserReference,
} from '../../../src/surfaces/auth-envelope/references.js';

export const BEARER = 'Bearer demo';

/** Lets one bearer in, with the fortune that a test chooses. */
@Injectable()
export class FakeAgentGate extends AgentGate {
  refusal: Error | undefined;
  permissions: readonly AgentPermission[] = AGENT_PERMISSIONS;
  settings: Record<string, unknown> = {};
  publicUrl: string | undefined = 'https://id.example.test';
  admissions = 0;

  override async admit(request: FastifyRequest): Promise<AdmittedAgent> {
    this.admissions += 1;
    if (this.refusal) throw this.refusal;
    if (request.headers.authorization !== BEARER) throw new AuthRefusal(120);
    const snapshot: Pick<ConfigurationSnapshot, 'setting' | 'publicUrl'> = {
      publicUrl: this.publicUrl,
      setting: <T>({ name, default: fallback }: Setting<T>): T => (this.settings[name] as T | undefined) ?? fallback,
    };
    const permissions = new Set(this.permissions);
    return {
      agent: { name: 'demo', applications: ['application 1'], permissions, mutualTls: false },
      snapshot: snapshot as ConfigurationSnapshot,
      clientAddress: '127.0.0.1',
      correlationId: request.id,
    };
  }
}

const PRODUCT: attribute.ObjectType = {
  name: 'product',
  attributes: { id: attribute.text('Identifier.'), name: attribute.text('Name.'), method: attribute.text('Method.') },
};

const ASSIGNMENT: attribute.ObjectType = {
  name: 'tokenAssignment',
  attributes: {
    id: attribute.text('Identifier.'),
    status: attribute.word(['ACTIVE', 'INACTIVE'], 'Status.'),
    token: attribute.related(() => TOKEN_TYPE, 'The token.'),
  },
  secrets: ['challengeCodes'],
};

export const TOKEN_TYPE: attribute.ObjectType = {
  name: 'token',
  attributes: {
    id: attribute.text('Identifier.'),
    serial: attribute.text('Serial number.'),
    status: attribute.word(['ACTIVE', 'DISABLED'], 'Status.'),
    digits: attribute.count('Digits.'),
    locked: attribute.flag('Whether it is locked.'),
    expires: attribute.nullableDate('End of its validity.'),
    functions: attribute.texts('Functions.'),
    options: attribute.textMap('Options.'),
    uri: attribute.nullableText('Leaves once.'),
    product: attribute.related(() => PRODUCT, 'Its product.'),
    assignments: attribute.collection(() => ASSIGNMENT, 'Its assignments.'),
  },
  onlyNamed: ['uri'],
};

export class Credential {
  @TextParam({ description: 'Authenticator.' })
  method?: string;

  @SecretParam({ description: 'Passcode.' })
  otp?: PlainSecret;
}

export class Answer {
  @TextParam({ required: true, description: 'Question.' })
  id!: string;
}

export class EchoParameters {
  @ReferenceParam(USER, { required: true, description: 'Person.' })
  user!: UserReference;

  @ReferenceParam(APPLICATION, { description: 'Application.' })
  application?: ApplicationReference;

  @ReferenceParam(TOKEN, { description: 'Token.' })
  token?: TokenReference;

  @ObjectParam(Credential, { description: 'Credential.' })
  credential?: Credential;

  @ObjectListParam(Answer, { max: 3, description: 'Answers.' })
  answers?: readonly Answer[];

  @IntegerParam({ min: 1, max: 10, description: 'Step.' })
  step?: number;

  @BooleanParam({ description: 'Flag.' })
  flag?: boolean;

  @WordParam({ words: ['SMS', 'SMTP'], description: 'Channel.' })
  channel?: 'SMS' | 'SMTP';

  @TextParam({ maxLength: 20, description: 'Comment.' })
  comment?: string;
}

/** Methods that show what the surface makes of requests and results. */
@Injectable()
export class DemoMethods {
  readonly calls: { parameters: object; caller: AuthCaller; wanted: Wanted }[] = [];
  failure: Error = new Error('no failure chosen');
  tokens: readonly WireObject[] = [];
  /** How often the related product of a token was worked out. */
  products = 0;
  cookie: 'none' | 'set' | 'drop' = 'none';

  @AuthMethod({
    name: 'echo',
    summary: 'Takes everything.',
    permission: 'read',
    changes: false,
    parameters: EchoParameters,
    result: 'none',
    codes: [200, 220],
    examples: [{ summary: 'A person', request: { user: { id: 'u-1' } }, response: { error: 0 } }],
  })
  async echo(parameters: EchoParameters, caller: AuthCaller, wanted: Wanted): Promise<void> {
    this.calls.push({ parameters, caller, wanted });
    if (this.cookie === 'set') caller.cookies.set(plainSecret('s3ss'));
    if (this.cookie === 'drop') caller.cookies.drop();
  }

  @AuthMethod({
    name: 'fail',
    summary: 'Fails.',
    permission: 'logon',
    changes: false,
    parameters: NoParameters,
    result: 'none',
    codes: [],
  })
  async fail(): Promise<void> {
    throw this.failure;
  }

  @AuthMethod({
    name: 'getToken',
    summary: 'Tells of a token when it is asked to.',
    permission: 'read',
    changes: false,
    parameters: NoParameters,
    result: 'object',
    returns: { type: TOKEN_TYPE, defaults: [] },
    codes: [250],
  })
  async getToken(parameters: NoParameters, caller: AuthCaller, wanted: Wanted): Promise<WireObject | undefined> {
    this.calls.push({ parameters, caller, wanted });
    return this.tokens[0];
  }

  @AuthMethod({
    name: 'listTokens',
    summary: 'Lists tokens.',
    permission: 'read',
    changes: false,
    parameters: NoParameters,
    result: 'list',
    returns: { type: TOKEN_TYPE, defaults: ['id', 'serial'], order: 'serial' },
    codes: [],
    examples: [
      {
        summary: 'One token',
        request: { return: ['id'] },
        response: { error: 0, result: { total: 1, rows: [{ id: 't-1' }] } },
      },
    ],
  })
  async listTokens(): Promise<WireList> {
    return { rows: this.tokens };
  }

  @AuthMethod({
    name: 'listSteps',
    summary: 'Lists tokens in an order of its own.',
    permission: 'read',
    changes: false,
    parameters: NoParameters,
    result: 'list',
    returns: { type: TOKEN_TYPE, defaults: ['serial'] },
    codes: [],
  })
  async listSteps(): Promise<WireList> {
    return { rows: this.tokens };
  }

  /** A token whose product is worked out when it is asked for. */
  token(fields: WireObject): WireObject {
    return {
      id: 't-1',
      serial: '100',
      status: 'ACTIVE',
      digits: 6,
      locked: false,
      expires: null,
      functions: ['OTP'],
      options: { length: '6' },
      product: () => {
        this.products += 1;
        return Promise.resolve({ id: 'p-1', name: 'Card', method: 'GridCard' });
      },
      assignments: [{ id: 'a-1', status: 'ACTIVE', token: { id: 't-1', serial: '100' } }],
      seed: 'S3CR3T-CANARY',
      password: 'S3CR3T-CANARY',
      ...fields,
    };
  }
}

/** An answer as it came. */
export interface Envelope {
  readonly error: number;
  readonly message?: string;
  readonly severity?: string;
  readonly result?: unknown;
}

/** A small application around the surface, listening on a port of its own. */
export class DemoAuthSurface {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly origin: string,
  ) {}

  static async start(): Promise<DemoAuthSurface> {
    const gate = {
      module: class {},
      global: true,
      providers: [{ provide: AgentGate, useClass: FakeAgentGate }],
      exports: [AgentGate],
    };
    const module = await Test.createTestingModule({
      imports: [gate, AuthEnvelopeModule],
      providers: [DemoMethods],
    }).compile();
    const adapter = new FastifyAdapter({ logger: false, routerOptions: { ignoreTrailingSlash: true } });
    const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false, logger: false });
    leaveBodiesToRoutes(adapter.getInstance());
    await app.listen(0, '127.0.0.1');
    return new DemoAuthSurface(app, (await app.getUrl()).replace('[::1]', '127.0.0.1'));
  }

  reset(): void {
    Object.assign(this.gate, { refusal: undefined }, new FakeAgentGate());
    Object.assign(this.methods, new DemoMethods());
  }

  get gate(): FakeAgentGate {
    return this.app.get(AgentGate);
  }

  get methods(): DemoMethods {
    return this.app.get(DemoMethods);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** Sends a body as the agent and gives the answer as it came. */
  post(path: string, body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: BEARER, 'content-type': 'application/json', ...headers },
      body: body ?? null,
    });
  }

  /** Calls a method and gives its envelope. */
  async call(method: string, request: unknown): Promise<Envelope> {
    const response = await this.post(`/auth/${method}`, JSON.stringify(request));
    return (await response.json()) as Envelope;
  }

  /** The parameters that `echo` gets for a request. */
  async parametersOf(request: object): Promise<object> {
    const answer = await this.call('echo', request);
    if (answer.error !== 0) throw new Error(`${answer.error} ${answer.message}`);
    return JSON.parse(JSON.stringify(this.methods.calls.at(-1)?.parameters)) as object;
  }
}
