import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { API_AGENT } from '../../../src/core/domains/agent-permissions.js';
import { fetchOver } from '../../support/fetch-over.js';
import { removeTemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { type ServerCertificate, TestCa } from '../../support/test-ca.js';
import { TestClock } from '../../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { AuthWorld, type WorldParts } from '../auth-world.js';
import { active, productPolicy, TOKEN, USER } from './tokens-world.js';

const LOOPBACK = { addresses: ['127.0.0.1'], names: ['localhost'] };
const OPEN = { inAppDownload: 'ANYWHERE', downloadAuthorisation: 'NONE' };

describe('section 4.13: the key of a token over mutual TLS', () => {
  const folder = temporaryFolder('download-pki');
  let ca: TestCa;
  let client: ServerCertificate;
  let database: TestDatabase;
  let world: AuthWorld;

  /** The agent with its certificate and these permissions. */
  const parts = (...more: string[]): WorldParts => {
    const digest = new X509Certificate(readFileSync(client.certFile)).fingerprint256.replaceAll(':', '').toLowerCase();
    const agent = { certificates: [digest], permissions: [...API_AGENT, ...more] };
    return { agents: ['vpn'], agent, policies: [productPolicy(OPEN)] };
  };

  beforeAll(async () => {
    ca = await TestCa.create(folder);
    client = await ca.issue('vpn', LOOPBACK);
    const server = await ca.issue('server', LOOPBACK);
    database = await createTestDatabase('embedded');
    world = await AuthWorld.start(database, {
      ...parts('export-keys'),
      // Certificates are issued at the machine's time.
      clock: new TestClock(new Date()),
      environment: { tls: { cert: server.certFile, key: server.keyFile, clientCa: ca.caFile } },
    });
  });
  afterEach(() => world.reset());
  afterAll(async () => {
    await world.stop();
    await database.stop();
    removeTemporaryFolder(folder);
  });

  async function download(shown?: ServerCertificate, bearer?: string): Promise<Record<string, unknown>> {
    const { port } = world.app.getHttpServer().address() as { port: number };
    const response = await fetchOver(ca.caFile, shown)(`https://localhost:${port}/das5/rest/auth/downloadToken`, {
      method: 'POST',
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ user: USER, token: TOKEN, return: ['serial', 'uri'] }),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  it('is handed out once, to the agent that shows its certificate to our listener', async () => {
    await active(world);
    expect(await download(undefined, await world.bearer('vpn'))).toMatchObject({ error: 121 });
    expect(await download()).toMatchObject({ error: 120 });
    expect(await download(client)).toMatchObject({
      error: 0,
      result: { serial: TOKEN.serial, uri: expect.stringMatching(/^otpauth:\/\/totp\/.*secret=GEZDGNBV/) as string },
    });
    expect(await download(client)).toMatchObject({ error: 353 });
  });

  it('attack 42: is not handed out without the permission, whatever certificate is shown', async () => {
    await active(world);
    await world.apply(parts());
    expect(await download(client)).toMatchObject({ error: 121 });
    expect((await world.call('listTokens', { user: USER, return: ['confined'] })).result).toMatchObject({
      rows: [{ confined: false }],
    });
  });
});
