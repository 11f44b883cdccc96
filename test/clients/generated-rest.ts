import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sharedService } from '../support/shared-service.js';

/** What a call of the generated client resolves to; the answer as its media type says. */
export interface RestReply {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response?: Response;
}

/** What a call is given. */
export interface RestOptions {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: object;
}

/** How the caller proves who they are: a session of the IAM surface, or OAuth parameters. */
export type RestCaller = { readonly session: string } | { readonly oauth: string } | 'nobody';

type Client = object & { readonly generated?: never };
type Operation = (options: RestOptions & { client: Client }) => Promise<RestReply>;

interface ClientParts {
  readonly createClient: (config: object) => Client;
  readonly createConfig: (config: object) => object;
}

/** The REST calls of a server, made by the client that was generated from `openapi.json`. */
export class GeneratedRest {
  private constructor(
    private readonly api: Readonly<Record<string, Operation>>,
    private readonly parts: ClientParts,
    private readonly url: string,
    private readonly client: Client,
  ) {}

  static async connect(url: string): Promise<GeneratedRest> {
    const { folder } = await sharedService('generated-client');
    const module = async <T>(path: string) => (await import(pathToFileURL(join(folder, path)).href)) as T;
    const parts = await module<ClientParts>('client/client/index.js');
    const api = await module<Readonly<Record<string, Operation>>>('client/index.js');
    return new GeneratedRest(api, parts, url, parts.createClient(parts.createConfig({ baseUrl: url })));
  }

  /** The same calls, made by somebody. */
  as(caller: RestCaller): GeneratedRest {
    const { createClient, createConfig } = this.parts;
    const shown =
      caller === 'nobody'
        ? {}
        : 'oauth' in caller
          ? { headers: { Authorization: caller.oauth } }
          : { auth: ({ scheme }: { scheme?: string }) => (scheme === 'bearer' ? caller.session : undefined) };
    const client = createClient(createConfig({ baseUrl: this.url, ...shown }));
    return new GeneratedRest(this.api, this.parts, this.url, client);
  }

  /** Makes a call by the name of its operation. @returns status and answer */
  async call(operation: string, options: RestOptions = {}): Promise<{ status: number; answer: unknown }> {
    const made = this.api[operation];
    if (!made) throw new Error(`the generated client has no ${operation}`);
    const { data, error, response } = await made({ ...options, client: this.client });
    if (!response) throw new Error(`${operation} was not answered: ${String(error)}`);
    return { status: response.status, answer: response.ok ? data : error };
  }

  /** What a call answers. @throws Error when it is refused */
  async answer<Answer = Record<string, unknown>>(operation: string, options: RestOptions = {}): Promise<Answer> {
    const { status, answer } = await this.call(operation, options);
    if (status !== 200) throw new Error(`${operation}: ${status} ${JSON.stringify(answer)}`);
    return answer as Answer;
  }
}
