/** A refusal before any call: HTTP status aside, always this shape (manager-json-rpc section 2). */
export function refusal(data: string): object {
  return { jsonrpc: '2.0', error: { code: -32600, message: 'Invalid Request', data }, id: null };
}

export const INVALID_LOGIN = refusal('Invalid username or password');

/** The third kind of outcome (section 3): well asked, and could not be done. */
export const FALSE = { jsonrpc: '2.0', result: false, id: 0 };

/** A JSON-RPC error of a call with id 0. */
export function failure(code: -32601 | -32602 | -32603, data: string): object {
  const message = { [-32601]: 'Method not found', [-32602]: 'Invalid params', [-32603]: 'Internal error' }[code];
  return { jsonrpc: '2.0', error: { code, message, data }, id: 0 };
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
