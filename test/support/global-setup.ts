import 'reflect-metadata';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type SharedService, type SharedServiceName, sharedServices } from './shared-services.js';
import { openRunFolder, removeTemporaryFolder } from './temporary-folder.js';
import { watchOver } from './watchdog.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where spec files ask for shared services. */
    sharedServicesUrl: string;
  }
}

/**
 * Starts the shared services on demand: a run of unit specs starts none, and however many spec files ask for one, it is
 * started once. Spec files run in other processes and ask over HTTP on loopback.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = openRunFolder();
  const callOffWatch = watchOver(undefined, folder);
  const started = new Map<SharedServiceName, Promise<SharedService>>();

  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.slice(1) ?? '') as SharedServiceName;
    if (!(name in sharedServices)) return reply(response, 404, { error: `no shared service ${name}` });
    let service = started.get(name);
    if (!service) started.set(name, (service = sharedServices[name]()));
    service.then(
      ({ info }) => reply(response, 200, info),
      (error: unknown) => reply(response, 500, { error: String(error) }),
    );
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  project.provide('sharedServicesUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  return async () => {
    server.closeAllConnections();
    server.close();
    for (const service of await Promise.allSettled(started.values())) {
      if (service.status === 'fulfilled') await service.value.stop();
    }
    removeTemporaryFolder(folder);
    callOffWatch();
  };
}

function reply(response: ServerResponse, status: number, body: Record<string, string>): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
