import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RIGHTS } from '../../src/core/administrators/rights.js';
import { RpcMethodRegistry } from '../../src/surfaces/json-rpc/rpc-method-registry.js';
import { declaredRoutes } from '../support/declared-routes.js';
import { TestApp, type TestAppOptions } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** What a stranger gets for a GET; where the route has none, for its own verb. */
const REAL_ROUTES: Readonly<Record<string, number>> = {
  // The start page is for newcomers to the embedded mode.
  'GET,HEAD /': 404,
  'GET,HEAD /assets/:version/:name': 404,
  'GET,HEAD /docs': 200,
  'GET,HEAD /docs*': 404,
  'GET,HEAD /docs/LICENSE': 404,
  'GET,HEAD /docs/docs/swagger-ui-init.js': 200,
  'GET,HEAD /docs/index.html': 200,
  'GET,HEAD /docs/swagger-ui-init.js': 200,
  'GET,HEAD /healthz': 200,
  'GET,HEAD /metrics': 200,
  'GET,HEAD /openapi.json': 200,
  'GET,HEAD /readyz': 200,
  'GET,HEAD /webapps/pwreset/done': 404,
  'GET,HEAD,POST /webapps/pwreset': 404,
  'GET,HEAD,POST /webapps/pwreset/password': 404,
  'ALL /manag': 405,
};

/** The mailbox, which shows everybody's links: in the embedded mode only. */
const EMBEDDED_ROUTES: Readonly<Record<string, number>> = {
  ...REAL_ROUTES,
  'GET,HEAD /': 200,
  'DELETE,GET,HEAD /dev/mailbox.json': 200,
  'GET,HEAD /dev/mailbox': 200,
  'GET,HEAD /dev/mailbox.css': 200,
  'GET,HEAD /dev/mailbox/messages/:id': 404,
  'POST /dev/mailbox/clear': 303,
};

const MODES: readonly (readonly [string, Partial<TestAppOptions>, Readonly<Record<string, number>>])[] = [
  ['embedded', {}, EMBEDDED_ROUTES],
  ['real', { delivery: 'relays', configuration: 'publicUrl: https://id.example.test' }, REAL_ROUTES],
];

describe.each(MODES)('the whole server in the %s mode', (_mode, options, routes) => {
  let database: TestDatabase;
  let server: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    server = await TestApp.start({ ...options, database });
  });
  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  it('serves these addresses and no others', () => {
    expect(routesOf(server)).toEqual(Object.keys(routes).toSorted());
  });

  it('has no handler that does not say who may call it', () => {
    const undeclared = declaredRoutes(server.app).filter(({ access }) => access === undefined);
    expect(undeclared).toEqual([]);
  });

  it.each(Object.entries(routes))('gives a stranger for %s the status %i', async (route, status) => {
    const [verbs = '', path = ''] = route.split(' ');
    const method = verbs === 'POST' ? 'POST' : 'GET';
    const url = path.replaceAll(/[:*]\w*/g, 'x');
    const response = await fetch(`${server.url}${url}`, { method, redirect: 'manual' });
    expect(response.status).toBe(status);
  });

  it('gives a stranger nothing at the mailbox unless it is embedded', async () => {
    const paths = ['/dev/mailbox', '/dev/mailbox.json', '/dev/mailbox/', '/dev/../dev/mailbox', '/dev/MAILBOX'];
    const statuses = await Promise.all(paths.map(async (path) => (await fetch(`${server.url}${path}`)).status));
    expect(statuses).toEqual('GET,HEAD /dev/mailbox' in routes ? [200, 200, 200, 200, 404] : [404, 404, 404, 404, 404]);
  });

  it('has these JSON-RPC methods, each with the right that a caller needs', () => {
    const methods = server.get(RpcMethodRegistry).all();
    expect(methods.map(({ name, right }) => [name, right])).toEqual([['PwReset.Send_Request', 'send-links']]);
    for (const { right } of methods) expect(RIGHTS).toContain(right);
  });

  it('lets no stranger call one of them', async () => {
    for (const { name } of server.get(RpcMethodRegistry).all()) {
      for (const method of [name, name.toLowerCase(), 'None']) {
        const body = JSON.stringify({ jsonrpc: '2.0', method, params: {}, id: 0 });
        const response = await fetch(`${server.url}/manag/`, { method: 'POST', body });
        expect([response.status, await response.json()]).toMatchObject([401, { error: { code: -32600 }, id: null }]);
      }
    }
  });
});

/** `VERBS /path` of everything that the router knows, those routes included that no controller has. */
function routesOf(server: TestApp): string[] {
  const fastify: FastifyInstance = server.app.getHttpAdapter().getInstance();
  const parents: string[] = [];
  return fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', segment = '', verbs] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
      if (segment === '') return [];
      const depth = indent.length / 4;
      const path = `${parents[depth - 1] ?? ''}${segment}`;
      parents.splice(depth, Infinity, path === '/' ? '/' : path);
      if (verbs === undefined) return [];
      const list = verbs.split(', ').toSorted((a, b) => (a < b ? -1 : 1));
      return `${list.length > 10 ? 'ALL' : list.join(',')} ${path}`;
    })
    .toSorted((a, b) => (a < b ? -1 : 1));
}
