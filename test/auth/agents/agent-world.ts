import { Injectable, Module } from '@nestjs/common';
import type { AuthCaller } from '../../../src/surfaces/auth-envelope/auth-caller.js';
import { AuthMethod, NoParameters } from '../../../src/surfaces/auth-envelope/auth-method.js';
import type { WireObject } from '../../../src/surfaces/auth-envelope/auth-result.js';
import { flag, type ObjectType, text, texts } from '../../../src/surfaces/auth-envelope/object-type.js';
import { TestApp, type TestAppOptions } from '../../support/test-app.js';

const CALLER: ObjectType = {
  name: 'testCaller',
  attributes: {
    agent: text('Name.'),
    applications: texts('Names.'),
    mutualTls: flag('Whether a certificate says so.'),
    address: text('Address.'),
  },
};

/** Methods that show who calls. */
@Injectable()
class WhoCalls {
  @AuthMethod({
    name: 'testWhoCalls',
    summary: 'Tells who calls.',
    permission: 'read',
    changes: false,
    parameters: NoParameters,
    result: 'object',
    returns: { type: CALLER, defaults: ['*'] },
    codes: [],
  })
  async whoCalls(_parameters: NoParameters, { agent, clientAddress }: AuthCaller): Promise<WireObject> {
    const { name, applications, mutualTls } = agent;
    return { agent: name, applications, mutualTls, address: clientAddress };
  }

  @AuthMethod({
    name: 'testExportKey',
    summary: 'Needs a permission that the role does not have.',
    permission: 'export-keys',
    changes: false,
    parameters: NoParameters,
    result: 'none',
    codes: [],
  })
  async exportKey(): Promise<void> {}
}

@Module({ providers: [WhoCalls] })
class WhoCallsModule {}

export const SECRET = 'Kx7+h4=%2Fq r';

/** A configuration with the given agents, in YAML's flow style. */
export function world(agents: readonly string[], settings = ''): string {
  return `
publicUrl: http://127.0.0.1:\${PORT}
server:
  settings: { agent_token_lifetime: 3600${settings} }
domains: [{ name: harbour }]
realms: [{ name: all, domains: [harbour] }]
applications:
  - { id: app-31, name: Harbour VPN, realm: all, logonProcedure: { type: Web SSO, steps: [] } }
agents: [${agents.map((agent) => `{ ${agent} }`).join(', ')}]
`;
}

export const VPN = `name: vpn, applications: [Harbour VPN], clientId: vpn-1, clientSecret: "${SECRET}"`;

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CallAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly error: number;
  readonly result?: Readonly<Record<string, unknown>>;
}

/** A server with agents, and what they send to it. */
export class AgentWorld {
  private constructor(
    readonly app: TestApp,
    /** How calls are sent, for a server with a certificate of the test's own. */
    private readonly transport: typeof fetch,
  ) {}

  static async start(options: TestAppOptions): Promise<AgentWorld> {
    const configuration = options.configuration ?? world([VPN]);
    return new AgentWorld(await TestApp.start({ modules: [WhoCallsModule], ...options, configuration }), fetch);
  }

  /** The same server, called in another way. */
  over(transport: typeof fetch): AgentWorld {
    return new AgentWorld(this.app, transport);
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  /** Applies another configuration. */
  configure(configuration: string): Promise<void> {
    return this.app.apply(configuration, { PORT: '1' });
  }

  /** Sends a token request as it is. */
  async send(
    body: string,
    headers: Record<string, string> = {},
    path = '/das5/rest/oauth/token',
  ): Promise<TokenAnswer> {
    const response = await this.transport(`${this.app.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
    const answer = (await response.json()) as TokenAnswer['body'];
    return { status: response.status, headers: response.headers, body: answer };
  }

  /** Asks for a token with credentials in a form. */
  ask(clientId = 'vpn-1', secret = SECRET, headers: Record<string, string> = {}): Promise<TokenAnswer> {
    return this.send(form({ client_id: clientId, client_secret: secret }), headers);
  }

  /** A token of the agent; fails when there is none. */
  async token(clientId = 'vpn-1', secret = SECRET): Promise<string> {
    const { body } = await this.ask(clientId, secret);
    if (typeof body['access_token'] !== 'string') throw new Error(`no token: ${JSON.stringify(body)}`);
    return body['access_token'];
  }

  /** Calls a method with a token, or with other headers. */
  async invoke(
    token: string | undefined,
    headers: Record<string, string> = {},
    method = 'testWhoCalls',
  ): Promise<CallAnswer> {
    const response = await this.transport(`${this.app.url}/das5/rest/auth/${method}`, {
      method: 'POST',
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      body: '{}',
    });
    const answer = (await response.json()) as Omit<CallAnswer, 'status' | 'headers'>;
    return { status: response.status, headers: response.headers, ...answer };
  }
}

/** The fields of a token request as a form. */
export function form(fields: Record<string, string>): string {
  return new URLSearchParams({ grant_type: 'client_credentials', ...fields }).toString();
}
