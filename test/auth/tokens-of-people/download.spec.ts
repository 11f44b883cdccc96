import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TokenConfinement } from '../../../src/auth/tokens-of-people/token-confinement.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { acHash } from '../../../src/tokens/activation/code-text.js';
import { describeOnPostgres, eachDatabase } from '../../support/test-database.js';
import { RIVALS } from '../../support/token-world.js';
import { type AuthWorld, JANES_PASSWORD } from '../auth-world.js';
import {
  active,
  change,
  hashFor,
  productPolicy,
  startTokensWorld,
  TOKEN,
  TRUSTED,
  USER,
  WRONG_HASH,
} from './tokens-world.js';

const KEY =
  'otpauth://totp/HARBOUR:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=HARBOUR&algorithm=SHA1&digits=6&period=30';
const OPEN = { inAppDownload: 'ANYWHERE', downloadAuthorisation: 'NONE' };

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startTokensWorld(database(), { policies: [productPolicy(OPEN)] });
  });
  afterEach(() => world.reset());
  afterAll(() => world.stop());

  const call = (body: object = {}, agent = 'vpn') =>
    world.call('downloadToken', { user: USER, token: TOKEN, ...body }, { agent });
  const code = async (body: object = {}, agent = 'vpn') => (await call(body, agent)).error;
  const under = (options: Record<string, string>) =>
    world.apply({
      agents: ['vpn', 'portal', TRUSTED],
      policies: [productPolicy({ inAppDownload: 'ANYWHERE', ...options })],
    });

  describe('section 4.13: downloadToken', () => {
    it('confines the token, and nothing else without return', async () => {
      await active(world);
      expect(await call({ device: { model: 'Pixel 8', type: 'Android' } })).toMatchObject({ status: 200, error: 0 });
      expect(await code()).toBe(353);
      const { result } = await world.call('listTokens', { user: USER, return: ['confined'] });
      expect(result).toMatchObject({ rows: [{ confined: true }] });
      expect(await world.audit('token.downloaded')).toMatchObject([
        { actor: 'agent vpn', detail: { key: false, model: 'Pixel 8', type: 'Android' } },
      ]);
    });

    it('attack 42: hands the key out once, to who may have it over mutual TLS', async () => {
      await active(world);
      expect(await call({ return: ['serial', 'uri'] })).toMatchObject({ status: 403, error: 121 });
      const first = await call({ return: ['serial', 'uri'] }, TRUSTED);
      expect(first).toMatchObject({ error: 0, result: { serial: TOKEN.serial, uri: KEY } });
      expect(await call({ return: ['serial', 'uri'] }, TRUSTED)).toMatchObject({ error: 353 });
      const records = JSON.stringify(await world.database.query('SELECT * FROM audit_events'));
      expect(records).not.toContain('GEZDGNBV');
    });

    it('attack 42: hands no key out by *, which confines all the same', async () => {
      await active(world);
      const { result } = await call({ return: ['*'] }, TRUSTED);
      expect(Object.keys(result ?? {}).toSorted()).toEqual(['id', 'serial']);
      expect(await code({ return: ['uri'] }, TRUSTED)).toBe(353);
      expect(await code({ return: ['seed'] }, TRUSTED)).toBe(106);
    });

    it.each([`ended_at = now(), end_reason = 'removed'`, `status = 'DISABLED'`, `status = 'LOCKED'`])(
      'attack 41: hands out no key of a token that is taken from its person meanwhile: %s',
      async (taken) => {
        const held = await active(world);
        const found = await world.person();
        await world.database.query(`UPDATE token_assignments SET ${taken} WHERE id = $1`, [held.assignment.id]);
        const put = world.database.transaction((tx) =>
          world.get(TokenConfinement).confine(tx, { found, held }, { actor: 'agent vault' }, { device: {}, key: true }),
        );
        await expect(put).rejects.toMatchObject({ code: 353 });
      },
    );

    it('gives the next counter of an event-based token', async () => {
      const { account } = await world.person();
      await world.tokens.hotp(account, { serial: TOKEN.serial, counter: 7 });
      const { result } = await call({ return: ['uri'] }, TRUSTED);
      expect(result?.['uri']).toMatch(/^otpauth:\/\/hotp\/.*&counter=8$/);
    });

    it('is nothing that is allowed without a policy, or from outside where only the local network may', async () => {
      await active(world);
      await world.apply({ agents: ['vpn'], policies: [productPolicy({ downloadAuthorisation: 'NONE' })] });
      expect(await code()).toBe(353);
      await under({ downloadAuthorisation: 'NONE', inAppDownload: 'LOCAL' });
      expect(await code()).toBe(353);
      expect(await code({ remoteIp: '203.0.113.20' })).toBe(353);
      expect(await code({ remoteIp: '192.168.7.1' })).toBe(0);
    });

    it('is for keys that an app can take', async () => {
      const { account } = await world.person();
      await world.tokens.give(account, { kind: 'GridCard', serial: TOKEN.serial }, { slot: 'GridCard' });
      expect(await code()).toBe(353);
    });

    it('asks for the code that it has sent', async () => {
      await active(world);
      await under({ downloadAuthorisation: 'CODE_SENT' });
      expect(await code()).toBe(101);
      expect(await code()).toBe(101);
      const messages = await world.mailbox();
      expect(messages).toHaveLength(1);
      const sent = /^[0-9]{6}$/m.exec(messages[0]?.text ?? '')?.[0] ?? '';
      expect(await code({ acHash: 'x' })).toBe(102);
      expect(await code({ acHash: WRONG_HASH })).toBe(350);
      expect(await code({ acHash: acHash(plainSecret(sent)) })).toBe(0);
      expect(await code({ acHash: acHash(plainSecret(sent)) })).toBe(353);
    });

    it('asks for a code that comes another way, and sends none', async () => {
      const held = await active(world);
      await under({ downloadAuthorisation: 'CODE' });
      expect(await code()).toBe(101);
      expect(await world.mailbox()).toEqual([]);
      expect(await code({ acHash: WRONG_HASH })).toBe(351);
      expect(await code({ acHash: await hashFor(world, held) })).toBe(351);
      expect(await code({ acHash: await hashFor(world, held, 'authorisation') })).toBe(0);
    });

    it('says why a code could not be sent', async () => {
      await active(world);
      await under({ downloadAuthorisation: 'CODE_SENT' });
      await world.database.query(`UPDATE builtin_people SET mail = NULL WHERE login = 'jane'`);
      expect(await code()).toBe(342);
    });

    it('asks for the static password', async () => {
      await active(world);
      await under({ downloadAuthorisation: 'NONE', downloadAuthentication: 'true' });
      expect(await code()).toBe(101);
      expect(await code({ credential: { method: 'OTP', otp: world.tokens.code() } })).toBe(303);
      expect(await code({ credential: { method: 'SPASS', password: 'wrong' } })).toBe(300);
      expect(await code({ credential: { method: 'SPASS', password: JANES_PASSWORD } })).toBe(0);
    });

    it('section 3: says precisely what is wrong', async () => {
      expect(await world.code('downloadToken', { user: USER })).toBe(101);
      expect(await code()).toBe(250);
      const held = await active(world);
      expect(await code({ user: { loginName: 'nobody' } })).toBe(200);
      expect(await code({ user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } })).toBe(242);
      expect(await code({ user: { loginName: 'john' } })).toBe(252);
      await change(world, held, 'token_assignments', 'status', 'LOCKED');
      expect(await code()).toBe(255);
      await change(world, held, 'tokens', 'status', 'DECEASED');
      expect(await code()).toBe(253);
    });
  });
});

describeOnPostgres(
  'section 4.13: downloadToken',
  (database) => {
    let world: AuthWorld;
    beforeAll(async () => {
      world = await startTokensWorld(database(), { policies: [productPolicy(OPEN)] });
    });
    afterEach(() => world.reset());
    afterAll(() => world.stop());

    it('attack 42: hands the key out once for fifty at the same moment', async () => {
      await active(world);
      const call = () => world.call('downloadToken', { user: USER, token: TOKEN, return: ['uri'] }, { agent: TRUSTED });
      const answers = await Promise.all(RIVALS.map(call));
      expect(answers.filter(({ result }) => result?.['uri'] !== undefined)).toHaveLength(1);
      expect(answers.filter(({ error }) => error === 353)).toHaveLength(RIVALS.length - 1);
      expect(await world.audit('token.downloaded')).toHaveLength(1);
    });
  },
  { poolSize: 20 },
);
