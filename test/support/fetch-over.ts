import { readFileSync } from 'node:fs';
import { Agent, fetch as fetchWith } from 'undici';
import type { ServerCertificate } from './test-ca.js';

/** `fetch` for servers with a certificate of this authority; shows a certificate of its own when there is one. */
export function fetchOver(caFile: string, own?: ServerCertificate): typeof fetch {
  const shown = own && { cert: readFileSync(own.certFile), key: readFileSync(own.keyFile) };
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile), ...shown } });
  return ((url: URL | string, init: object) => fetchWith(url, { ...init, dispatcher })) as unknown as typeof fetch;
}
