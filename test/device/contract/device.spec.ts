import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Database } from '../../../src/core/database/database.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { PinCodes } from '../../../src/tokens/kinds/pin-code/pin-codes.js';
import { dnOf } from '../../help-desk/contract/desk.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { storedTokens } from '../../selfreg/contract/enrolling.js';
import { SoftwarePushDevice } from '../../support/software-push-device.js';
import { RIVALS } from '../../support/token-world.js';
import { ask, found } from '../device-world.js';
import { DeviceClient } from './device-client.js';

const PUBLIC_KEY = 'BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U';
const VAPID = `webPush: { subject: "mailto:desk@acme.test", publicKey: ${PUBLIC_KEY}, privateKey: UUxI4O8-FbRouAevSmBQ6o18hgE4nSG3qwvJTfKc-ls }`;

const TEXT: unknown = expect.any(String);

describe('push devices at the server', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  let client: DeviceClient;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    client = new DeviceClient(world);
  });
  afterAll(() => world.stop());

  async function result(method: string, params: object): Promise<unknown> {
    const reply = await world.chief.call(`OpenOTP.${method}`, params);
    return 'result' in reply ? reply.result : reply;
  }
  const session = async (params: object = {}) =>
    String(await result('Mobile_Session', { dn: dnOf(person), timeout: 600, ...params }));
  const progress = (id: string) => result('Mobile_Response', { session: id });

  async function enrolled(): Promise<void> {
    expect(await client.activate(await session())).toEqual({ status: 200, body: {} });
  }

  /** The request that the device is shown. */
  async function shown(): Promise<{ id: string; application: string; pin: boolean }> {
    let request: unknown;
    while (!request) request = (await client.look()).body['request'];
    return request as { id: string; application: string; pin: boolean };
  }

  describe('are enrolled by a session', () => {
    it('of a help desk, once', async () => {
      const id = await session();
      expect(id).toMatch(/^[0-9a-z]{16}$/);
      expect(await progress(id)).toBe(2);
      expect(await client.activate(id)).toEqual({ status: 200, body: {} });
      expect(await progress(id)).toBe(1);
      expect(await storedTokens(world, person)).toMatchObject([{ kind: 'Push', slot: 'Push1', status: 'ACTIVE' }]);
      expect((await new DeviceClient(world).activate(id)).body).toEqual({ error: 'challenge-not-valid' });
    });

    it('with its PIN, in any case of letters', async () => {
      const id = await session({ pincode: '4711' });
      expect(await client.activate(id)).toEqual({ status: 403, body: { error: 'proof-not-valid' } });
      expect(await client.activate(id, { pin: '4712' })).toEqual({ status: 403, body: { error: 'proof-not-valid' } });
      expect(await client.activate(id.toUpperCase(), { pin: '4711' })).toEqual({ status: 200, body: {} });
    });

    it('attack 26: not by guessing its PIN', async () => {
      const id = await session({ pincode: '4711' });
      for (let i = 0; i < 5; i++) await client.activate(id, { pin: '0000' });
      expect(await client.activate(id, { pin: '4711' })).toEqual({
        status: 404,
        body: { error: 'challenge-not-valid' },
      });
    });

    it('attack 38: not after its time, nor after a newer one', async () => {
      const older = await session();
      const newer = await session();
      expect(await progress(older)).toBe(0);
      expect((await client.activate(older)).status).toBe(404);
      world.app.clock.advance(600);
      expect(await progress(newer)).toBe(0);
      expect((await client.activate(newer)).status).toBe(404);
      expect(await progress('lgiM1mhGYLL6z3Hy')).toBe(0);
    });

    it('attack 7: one of sixteen that come at once', async () => {
      const id = await session();
      const rivals = RIVALS.slice(0, 16).map(() => new DeviceClient(world));
      const replies = await Promise.all(rivals.map((rival) => rival.activate(id)));
      expect(replies.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      if (replies.every(({ status }) => status !== 200)) await client.activate(id);
      expect((await storedTokens(world, person)).filter(({ kind }) => kind === 'Push').length).toBeLessThanOrEqual(1);
    });

    it('nowhere readable at rest', async () => {
      const id = await session({ pincode: 'QpZ4711x' });
      const stored = await world.query('SELECT * FROM push_activations');
      const audited = await world.query('SELECT * FROM audit_events');
      for (const secret of [id, 'QpZ4711x']) expect(JSON.stringify([stored, audited])).not.toContain(secret);
    });
  });

  describe('look', () => {
    it('and are told whose they are, and what there is', async () => {
      await enrolled();
      expect(await client.look()).toEqual({
        status: 200,
        body: { nonce: TEXT, person: person.login, domain: 'ACME', name: 'my phone' },
      });
      await ask(world, person, { number: '42' });
      const request = await shown();
      expect(request).toEqual({
        id: TEXT,
        application: 'Harbour VPN',
        address: '203.0.113.20',
        createdAt: TEXT,
        expiresAt: TEXT,
        numberMatch: true,
        pin: false,
      });
    });

    it('attack 39: once with a nonce, by sixteen at once', async () => {
      await enrolled();
      const nonce = await client.nonce();
      const replies = await Promise.all(RIVALS.slice(0, 16).map(() => client.as('look', nonce)));
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('attack 38: not with a nonce that is old, or not ours', async () => {
      await enrolled();
      const nonce = await client.nonce();
      const foreign = nonce.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      expect((await client.as('look', foreign)).body).toEqual({ error: 'challenge-not-valid' });
      world.app.clock.advance(120);
      expect((await client.as('look', nonce)).body).toEqual({ error: 'challenge-not-valid' });
    });

    it('attack 39: not with another’s signature, which sounds as if there were no such device', async () => {
      await enrolled();
      const stranger = await new DeviceClient(world).look();
      expect(stranger).toEqual({ status: 403, body: { error: 'proof-not-valid' } });
      const nonce = await client.nonce();
      const signature = new SoftwarePushDevice().asks('look', nonce);
      expect(await client.as('look', nonce, undefined, { signature })).toEqual(stranger);
    });

    it('attack 10: not with a signature that was made for something else', async () => {
      await enrolled();
      const nonce = await client.nonce();
      const signature = client.device.asks('subscribe', nonce);
      expect((await client.as('look', nonce, undefined, { signature })).status).toBe(403);
    });

    it('no more once they are taken away', async () => {
      await enrolled();
      await world.query(`UPDATE token_assignments SET ended_at = now()`);
      expect(await client.look()).toEqual({ status: 403, body: { error: 'token-disabled' } });
    });
  });

  describe('answer', () => {
    it('once, and whoever asked is told', async () => {
      await enrolled();
      const { outcome } = await ask(world, person);
      const { id, application } = await shown();
      const yes = { requestId: id, decision: 'approve', number: undefined, application } as const;
      expect(await client.answer(yes)).toEqual({ status: 200, body: { outcome: 'approved' } });
      expect(await client.answer(yes)).toEqual({ status: 200, body: { outcome: 'gone' } });
      expect(await outcome).toBe('approved');
    });

    it('with the PIN code where one is asked for, which may be typed again', async () => {
      await enrolled();
      const holder = { found: await found(world, person), requestId: undefined, context: { actor: 'system' } };
      const pins = world.app.get(PinCodes);
      await world.app.get(Database).transaction((tx) => pins.register(tx, holder, plainSecret('Abcd')));
      const { outcome } = await ask(world, person, { localAuth: 'PIN' });
      const { id, application, pin } = await shown();
      expect(pin).toBe(true);
      const yes = { requestId: id, decision: 'approve', number: undefined, application } as const;
      expect((await client.answer(yes)).body).toEqual({ outcome: 'pin-wrong' });
      expect((await client.answer(yes, { pin: 'abcd' })).body).toEqual({ outcome: 'pin-wrong' });
      expect((await client.answer(yes, { pin: 'Abcd' })).body).toEqual({ outcome: 'approved' });
      expect(await outcome).toBe('approved');
    });

    it('attack 41: no request of somebody else', async () => {
      await enrolled();
      await ask(world, person);
      const { id, application } = await shown();
      const other = await world.person();
      const theirs = new DeviceClient(world);
      await theirs.activate(await session({ dn: dnOf(other) }));
      const yes = { requestId: id, decision: 'approve', number: undefined, application } as const;
      expect((await theirs.answer(yes)).body).toEqual({ outcome: 'gone' });
      expect((await client.answer(yes)).body).toEqual({ outcome: 'approved' });
    });

    it.each([
      ['no request', { request: undefined }],
      ['an id that is none', { request: "'; --" }],
      ['NUL in it', { request: 'a\0b' }],
      ['a number as a number', { number: 42 }],
      ['a PIN as a number', { pin: 1234 }],
      ['a megabyte', { signature: 'A'.repeat(1_000_000) }],
      ['an unknown decision', { decision: 'maybe' }],
      ['a list', { decision: ['approve'] }],
    ])('%s without a fault of ours', async (_, fields) => {
      await enrolled();
      const yes = { requestId: randomUUID(), decision: 'approve', number: undefined, application: 'x' } as const;
      expect((await client.answer(yes, fields)).status).toBeLessThan(500);
    });

    it.each(['', '{', '[]', 'null', '"x"', '{"device":1}'])('the body %j with a refusal', async (body) => {
      for (const path of ['look', 'answer', 'subscribe', 'activation', 'activate']) {
        const reply = await client.post(path, body);
        expect([path, reply]).toEqual([path, { status: 400, body: { error: 'form-not-valid' } }]);
      }
    });
  });

  describe('are woken', () => {
    const KEYS = { p256dh: PUBLIC_KEY, auth: 'tBHItJI5svbpez7KI4CCXg' };
    const subscription = (endpoint: string) => JSON.stringify({ endpoint, keys: KEYS });

    it('where there are keys for it', async () => {
      await world.configure({ more: VAPID });
      await enrolled();
      expect((await client.look()).body['push']).toBe(PUBLIC_KEY);
      const sent = subscription('https://fcm.googleapis.com/fcm/send/abc');
      expect((await client.as('subscribe', await client.nonce(), sent)).status).toBe(200);
      const [{ subscription_sealed: sealed } = { subscription_sealed: '' }] = await world.query<{
        subscription_sealed: string;
      }>('SELECT subscription_sealed FROM push_subscriptions');
      expect(sealed).toMatch(/^k1\./);
      expect(sealed).not.toContain('googleapis');
    });

    it.each([
      'http://fcm.googleapis.com/x',
      'https://127.0.0.1/x',
      'https://fcm.googleapis.com:8443/x',
      'https://fcm.googleapis.com.evil.test/x',
      'https://user@fcm.googleapis.com/x',
      'file:///etc/passwd',
      'x',
    ])('not through %s', async (endpoint) => {
      await enrolled();
      const reply = await client.as('subscribe', await client.nonce(), subscription(endpoint));
      expect(reply).toEqual({ status: 400, body: { error: 'value-out-of-range' } });
    });
  });

  describe('have a page', () => {
    const get = (path: string) => fetch(`${world.app.url}${path}`);

    it('that nobody frames, and that loads from this site only', async () => {
      const response = await get('/device');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("connect-src 'self'; manifest-src 'self'; worker-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).not.toMatch(/<script(?![^>]* src=)|\son[a-z]+=|style="/);
    });

    it('that no other page is allowed as much as', async () => {
      expect((await get('/')).headers.get('content-security-policy')).not.toContain('connect-src');
    });

    it.each([
      ['en', 'Approve sign-ins'],
      ['de', 'Anmeldungen bestätigen'],
      ['fr', 'Approuver les connexions'],
      ['ru', 'Подтверждение входа'],
    ])('in %s, with a manifest', async (language, title) => {
      expect(await (await get(`/device?lang=${language}`)).text()).toContain(title);
      const response = await get(`/device/manifest.webmanifest?lang=${language}`);
      expect(response.headers.get('content-type')).toMatch('application/manifest+json');
      const manifest = (await response.json()) as { scope: string; lang: string; icons: { src: string }[] };
      expect(manifest).toMatchObject({ id: '/device', scope: '/device', start_url: '/device', lang: language });
      for (const { src } of manifest.icons) expect((await get(src)).status).toBe(200);
    });

    it('with a worker for itself alone', async () => {
      const response = await get('/device/worker.js?lang=de');
      expect(response.headers.get('service-worker-allowed')).toBe('/device');
      expect(response.headers.get('content-type')).toMatch('text/javascript');
      expect(await response.text()).toContain('Eine Anmeldung wartet auf Sie');
    });
  });
});
