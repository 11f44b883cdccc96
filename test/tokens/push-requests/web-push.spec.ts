import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent, buildConnector, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import webPush from 'web-push';
import { PushWakeUps } from '../../../src/tokens/push-requests/push-wake-ups.js';
import { removeTemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { TestCa } from '../../support/test-ca.js';
import { Authenticators } from '../../auth/authenticators.js';
import { worldOfSuite } from '../../auth/world-of-suite.js';

const HOST = 'push.example.test';
const VAPID = webPush.generateVAPIDKeys();

interface Delivered {
  readonly path: string | undefined;
  readonly method: string | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A push service behind real TLS, at the port that no address of one may name. */
describe('RFC 8030: devices are woken by Web Push', () => {
  const folder = temporaryFolder('web-push');
  const usual = getGlobalDispatcher();
  const delivered: Delivered[] = [];
  let status = 201;
  let service: Server;
  let ca: TestCa;

  const world = worldOfSuite({
    settings: { push_services: [HOST] },
    sections: { webPush: { subject: 'mailto:it@example.test', ...VAPID } },
  });

  const dispatcher = (caFile: string): Agent => {
    const { port } = service.address() as AddressInfo;
    const connect = buildConnector({ ca: readFileSync(caFile) });
    return new Agent({
      connect: (options, callback) =>
        connect({ ...options, hostname: '127.0.0.1', port: String(port), servername: HOST }, callback),
    });
  };

  beforeAll(async () => {
    ca = await TestCa.create(folder);
    const { certFile, keyFile } = await ca.issue('service', { addresses: [], names: [HOST] });
    service = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url, method, headers } = request;
        delivered.push({ path: url, method, headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    status = 201;
    delivered.length = 0;
    setGlobalDispatcher(dispatcher(ca.caFile));
  });
  afterEach(() => setGlobalDispatcher(usual));
  afterAll(() => {
    service.close();
    service.closeAllConnections();
    removeTemporaryFolder(folder);
  });

  /** Jane's device, which has subscribed. */
  async function subscribed(): Promise<string> {
    const { held } = await new Authenticators(world()).push();
    const point = Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url');
    const keys = { p256dh: point, auth: randomBytes(16).toString('base64url') };
    await world()
      .get(PushWakeUps)
      .subscribe(held.token.id, JSON.stringify({ endpoint: `https://${HOST}/wake/jane`, keys }));
    return held.token.id;
  }
  const subscriptions = () => world().database.query('SELECT token_id FROM push_subscriptions');

  it('with an empty message, signed by the key of this server (RFC 8292)', async () => {
    const tokenId = await subscribed();
    world().get(PushWakeUps).wake([tokenId]);
    const message = await vi.waitUntil(() => delivered[0], { timeout: 10_000 });
    expect(message).toMatchObject({ path: '/wake/jane', method: 'POST', body: '' });
    expect(message.headers).toMatchObject({ ttl: '60', urgency: 'high', host: HOST });
    const [, jwt = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(String(message.headers['authorization'])) ?? [];
    expect(key).toBe(VAPID.publicKey);
    const [head = '', claims = '', signature = ''] = jwt.split('.');
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    const signed = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: `https://${HOST}`,
      sub: 'mailto:it@example.test',
    });
  });

  it('when an agent waits for an approval', async () => {
    await subscribed();
    const body = { user: { loginName: 'jane' }, credential: { method: 'OOBA' } };
    const waiting = world().code('verify', body);
    await vi.waitUntil(() => delivered.length === 1, { timeout: 10_000 });
    await vi.waitFor(
      async () => {
        world().clock.advance(60);
        expect(await Promise.race([waiting, Promise.resolve('still')])).toBe(381);
      },
      { timeout: 20_000 },
    );
  });

  it.each([404, 410])('and are forgotten when the push service answers %d', async (gone) => {
    const tokenId = await subscribed();
    status = gone;
    world().get(PushWakeUps).wake([tokenId]);
    await vi.waitFor(async () => expect(await subscriptions()).toEqual([]), { timeout: 10_000 });
  });

  it('and are kept when it has a bad moment', async () => {
    const tokenId = await subscribed();
    status = 503;
    world().get(PushWakeUps).wake([tokenId]);
    await vi.waitUntil(() => delivered.length === 1, { timeout: 10_000 });
    expect(await subscriptions()).toHaveLength(1);
  });

  it('attack 51: and nothing is sent to who has no certificate for the name', async () => {
    const tokenId = await subscribed();
    const stranger = await TestCa.create(temporaryFolder('web-push-stranger'));
    setGlobalDispatcher(dispatcher(stranger.caFile));
    const warned = vi.spyOn(world().get(PushWakeUps)['logger'], 'warn');
    world().get(PushWakeUps).wake([tokenId]);
    await vi.waitUntil(() => warned.mock.calls.length > 0, { timeout: 10_000 });
    expect(delivered).toEqual([]);
  });
});
