import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApplication } from '../../src/app.js';
import { readEnvironment } from '../../src/core/config/read-environment.js';
import { Database } from '../../src/core/database/database.js';
import { DemoSeeder } from '../../src/demo/demo-seeder.js';
import { describeWith } from '../support/describe-with.js';
import { TEST_MASTER_KEYS } from '../support/latchkey-process.js';
import { privateDatabase, type PrivateDatabase } from '../support/private-database.js';
import { removeTemporaryFolder, temporaryFolder } from '../support/temporary-folder.js';

const PATHS = [
  '/',
  '/manag/',
  '/webapps/pwreset/',
  '/docs',
  '/docs/swagger-ui.css',
  '/openapi.json',
  '/healthz',
  '/metrics',
  '/dev/mailbox.json',
  '/nothing/is/here',
];

describe('the embedded demo, under a name that was made to resolve to this machine (DNS rebinding)', () => {
  const folder = temporaryFolder('loopback');
  let server: NestFastifyApplication;

  beforeAll(async () => {
    server = await createApplication(readEnvironment({ LATCHKEY_DATA_DIR: folder, LATCHKEY_LOG_LEVEL: 'silent' }));
    await server.init();
    await server.get(DemoSeeder).seed(8080);
  });

  afterAll(async () => {
    await server.close();
    removeTemporaryFolder(folder);
  });

  it.each(PATHS)('says nothing at %s, to no method', async (url) => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE'] as const) {
      for (const host of ['evil.test', 'evil.test:8080', '127.0.0.1.evil.test', '192.0.2.1:8080']) {
        const answer = await server.inject({ method, url, headers: { host } });
        expect([method, host, answer.statusCode]).toEqual([method, host, 421]);
        expect(answer.json()).toEqual({ statusCode: 421, message: 'Misdirected Request' });
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    }
  });

  it.each(['127.0.0.1:8080', 'localhost', '[::1]:8080'])('answers to %s', async (host) => {
    expect((await server.inject({ url: '/', headers: { host } })).statusCode).toBe(200);
  });

  it('carries out no call, not with the right password either', async () => {
    const answer = await server.inject({
      method: 'POST',
      url: '/manag/',
      headers: {
        host: 'evil.test',
        authorization: `Basic ${Buffer.from('RCDEVSDOCS\\administrator:password').toString('base64')}`,
      },
      payload: {
        jsonrpc: '2.0',
        method: 'PwReset.Send_Request',
        params: { username: 'Jane Doe', method: 'NONE' },
        id: 0,
      },
    });
    expect(answer.statusCode).toBe(421);
    expect(await server.get(Database).query('SELECT id FROM one_time_requests')).toEqual([]);
  });
});

describeWith('postgresql', 'a real server', () => {
  let database: PrivateDatabase;
  let server: NestFastifyApplication;

  beforeAll(async () => {
    database = await privateDatabase('tables');
    const variables = { LATCHKEY_LOG_LEVEL: 'silent', LATCHKEY_MASTER_KEYS: TEST_MASTER_KEYS };
    server = await createApplication(readEnvironment({ DATABASE_URL: database.url, ...variables }));
    await server.init();
  });

  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('answers to the names that its operator gave it, which only the network knows', async () => {
    expect((await server.inject({ url: '/healthz', headers: { host: 'id.example.test' } })).statusCode).toBe(200);
  });
});
