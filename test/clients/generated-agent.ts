import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nameOf } from '../support/generated-client.js';
import { sharedService } from '../support/shared-service.js';

/** An answer of an authentication method. */
export interface AuthAnswer {
  readonly error: number;
  readonly message?: string;
  readonly severity?: string;
  readonly result?: Record<string, unknown>;
}

/** What a call of the generated client resolves to. */
export interface Reply {
  readonly data?: AuthAnswer;
  readonly error?: AuthAnswer;
  readonly response?: Response;
}

/** The client object of the generated code; only ever passed on. */
export type Client = object & { readonly generated?: never };

/** The compiled code. Its types were checked where it was compiled; here they are as far as tests need them. */
interface Generated {
  readonly api: Readonly<Record<string, (options: { client: Client; body: object }) => Promise<Reply>>>;
  readonly agent: {
    connect(url: string, id: string, secret: string): Promise<Client>;
    present(client: Client, request: object): Promise<boolean>;
  };
  readonly everyMethod: {
    readonly calls: readonly (readonly [path: string, call: (client: Client) => Promise<Reply>])[];
  };
}

async function load(): Promise<Generated> {
  const { folder } = await sharedService('generated-client');
  const module = async <T>(path: string) => (await import(pathToFileURL(join(folder, path)).href)) as T;
  return {
    api: await module('client/index.js'),
    agent: await module('agent.js'),
    everyMethod: await module('every-method.js'),
  };
}

export const DEMO_AGENT = { id: 'demo-agent', secret: 'demo-agent-secret' };

/** The demo world's agent on the generated client, with one logon session at a time. */
export class GeneratedAgent {
  private constructor(
    private readonly generated: Generated,
    private readonly client: Client,
  ) {}

  /** Gets an agent token from a server. */
  static async connect(url: string, { id, secret } = DEMO_AGENT): Promise<GeneratedAgent> {
    const generated = await load();
    return new GeneratedAgent(generated, await generated.agent.connect(url, id, secret));
  }

  /** Calls a method by one of the two forms of its path. */
  async call(method: string, body: object, form: 'auth' | 'das5' = 'auth'): Promise<AuthAnswer> {
    const operation = this.generated.api[nameOf(`${form}_${method}`)];
    if (!operation) throw new Error(`the generated client has no ${method}`);
    const { data, error } = await operation({ client: this.client, body });
    const answer = data ?? error;
    if (!answer) throw new Error(`${method} was not answered`);
    return answer;
  }

  /** What a method tells. @throws Error when it refuses */
  async result<T>(method: string, body: object): Promise<T> {
    const { error, message, result } = await this.call(method, body);
    if (error !== 0) throw new Error(`${method}: ${error} ${message}`);
    return result as T;
  }

  /** Presents a credential as the documented program does. @returns whether the logon is complete */
  present(request: object): Promise<boolean> {
    return this.generated.agent.present(this.client, request);
  }

  /** Makes every call that the API document has an example of. */
  async everyCall(): Promise<{ path: string; status: number | undefined; answer: AuthAnswer | undefined }[]> {
    const answers = [];
    for (const [path, call] of this.generated.everyMethod.calls) {
      const { data, error, response } = await call(this.client);
      answers.push({ path, status: response?.status, answer: data ?? error });
    }
    return answers;
  }
}
