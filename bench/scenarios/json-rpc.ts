import type { HttpRequest } from '../harness/http-load.js';
import type { World } from '../harness/world.js';
import { ADMINISTRATOR, DOMAIN } from './people.js';

/** A call on the JSON-RPC surface as the vendor's samples make it: Basic credentials, `id` 0. */
export function rpcRequest(world: World, method: string, params: object): HttpRequest {
  const credentials = Buffer.from(`${DOMAIN}\\${ADMINISTRATOR}:${world.administratorPassword}`).toString('base64');
  return {
    path: '/manag/',
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', method, params, id: 0 }),
  };
}
