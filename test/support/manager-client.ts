/** A JSON-RPC answer as the wire shows it. */
export interface RpcAnswer {
  readonly jsonrpc: '2.0';
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data: unknown };
}

/** A portal that calls `/manag/` with Basic credentials. */
export class ManagerClient {
  constructor(
    private readonly url: string,
    private readonly user = 'RCDEVSDOCS\\administrator',
    private readonly password = 'password',
    /** How it connects, for a server with a certificate of the test's own. */
    private readonly send: typeof fetch = fetch,
  ) {}

  /** Sends a body as it is. */
  post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${this.user}:${this.password}`).toString('base64')}`;
    return this.send(`${this.url}/manag/`, { method: 'POST', headers: { authorization, ...headers }, body });
  }

  async call(method: string, params: object, id: unknown = 0): Promise<RpcAnswer> {
    const response = await this.post(JSON.stringify({ jsonrpc: '2.0', method, params, id }));
    return (await response.json()) as RpcAnswer;
  }

  /** Asks for a password reset link; fails when there is none. */
  async sendReset(params: object): Promise<string> {
    const { result, error } = await this.call('PwReset.Send_Request', params);
    if (typeof result !== 'string') throw new Error(`no link: ${JSON.stringify(error ?? result)}`);
    return result;
  }
}
