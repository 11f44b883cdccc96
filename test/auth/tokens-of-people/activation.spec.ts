import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { acHash } from '../../../src/tokens/activation/code-text.js';
import { describeOnPostgres, eachDatabase } from '../../support/test-database.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { type AuthWorld, WITHOUT_DELAY } from '../auth-world.js';
import {
  active,
  change,
  hashFor,
  inactive,
  SERIAL,
  startTokensWorld,
  TOKEN,
  USER,
  WRONG_HASH,
} from './tokens-world.js';

const CODE = /^[0-9]{6}$/m;

/** The code in the newest message. */
async function received(world: AuthWorld): Promise<{ code: string; channel: string; text: string }> {
  const [message] = await world.mailbox();
  const code = CODE.exec(message?.text ?? '')?.[0] ?? /\b[0-9]{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
  return { code, channel: message?.channel ?? '', text: message?.text ?? '' };
}

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startTokensWorld(database(), {
      settings: { activation_page: 'https://my.harbour.test/activate', activation_page_hosts: ['portal.harbour.test'] },
    });
  });
  afterEach(() => world.reset());
  afterAll(() => world.stop());

  const send = (body: object = {}) => world.call('sendActivationCode', { user: USER, token: TOKEN, ...body });
  const activate = (hash: string, body: object = {}) =>
    world.patiently('activateTokenAssignment', { user: USER, token: TOKEN, acHash: hash, ...body });

  describe('section 4.11: sendActivationCode', () => {
    it('sends a code that activates the token, by the hash of section 4.14', async () => {
      await inactive(world);
      expect(await send({ channel: 'SMTP' })).toMatchObject({ status: 200, error: 0 });
      const { code, channel, text } = await received(world);
      expect(channel).toBe('MAIL');
      expect(text).toContain('https://my.harbour.test/activate');
      expect(text).toContain(SERIAL);
      expect(await world.code('verify', { user: USER, credential: { otp: world.tokens.code() } })).not.toBe(0);
      expect(await activate(acHash(plainSecret(code)))).toBe(0);
      expect(await world.code('verify', { user: USER, credential: { otp: world.tokens.code() } })).toBe(0);
    });

    it('235 where people may not ask for one themselves, and nothing is sent', async () => {
      await inactive(world);
      const switched = (requestActivationCode: string) =>
        world.apply({
          agents: ['vpn'],
          policies: [{ name: 'own', category: 'self-service', options: { requestActivationCode } }],
        });
      await switched('false');
      expect((await send()).error).toBe(235);
      expect(await world.mailbox()).toEqual([]);
      await switched('true');
      expect((await send()).error).toBe(0);
    });

    it('has no result unless it is asked for one, and then no code', async () => {
      await inactive(world);
      expect((await send()).result).toBeUndefined();
      world.clock.advance(30);
      const { result } = await send({ channel: 'SMS', return: ['*'] });
      expect(result).toEqual({
        channel: 'SMS',
        address: expect.not.stringContaining('+35226000001') as string,
        expires: expect.stringMatching(/Z$/) as string,
      });
      expect(await send({ return: ['activationCode'] })).toMatchObject({ error: 106 });
    });

    it('takes the assignment by itself, and the channel among the options', async () => {
      const { assignment } = await inactive(world);
      const tokenAssignment = { id: assignment.id };
      expect(await world.code('sendActivationCode', { tokenAssignment, options: { channel: 'SMS' } })).toBe(0);
      expect((await received(world)).channel).toBe('SMS');
      expect(
        await world.code('sendActivationCode', { tokenAssignment, channel: 'SMTP', options: { channel: 'SMS' } }),
      ).toBe(102);
    });

    it('names the page that the agent wants, where its host is allowed', async () => {
      await inactive(world);
      for (const provisioningUrl of [
        'https://evil.test/x',
        'http://portal.harbour.test/x',
        'https://portal.harbour.test@evil.test/',
        'https://jane:secret@portal.harbour.test/',
        'javascript:alert(1)',
        'portal.harbour.test',
      ]) {
        expect(await send({ provisioningUrl })).toMatchObject({ error: 102 });
      }
      expect((await send({ provisioningUrl: 'https://portal.harbour.test/x?y=1' })).error).toBe(0);
      expect((await received(world)).text).toContain('https://portal.harbour.test/x?y=1');
    });

    it('section 3: says precisely what is wrong', async () => {
      expect(await world.code('sendActivationCode', {})).toBe(101);
      expect(await world.code('sendActivationCode', { user: USER })).toBe(101);
      expect(await world.code('sendActivationCode', { token: TOKEN })).toBe(101);
      expect((await send({ user: { loginName: 'nobody' } })).error).toBe(200);
      expect((await send({ user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } })).error).toBe(242);
      expect((await send()).error).toBe(250);
      expect((await send({ token: { 'product.method': 'GridGo' } })).error).toBe(251);
      const held = await inactive(world);
      expect((await send({ user: { loginName: 'john' } })).error).toBe(252);
      expect(await world.code('sendActivationCode', { tokenAssignment: { id: 'none' } })).toBe(258);
      expect((await send({ channel: 'PIGEON' })).error).toBe(102);
      expect((await send({ channel: 'TWITTER' })).error).toBe(343);
      await world.database.query(`UPDATE builtin_people SET mobile = NULL WHERE login = 'jane'`);
      expect((await send({ channel: 'SMS' })).error).toBe(342);
      expect((await send()).error).toBe(0);
      expect((await send()).error).toBe(344);
      await change(world, held, 'token_assignments', 'status', 'LOCKED');
      expect((await send()).error).toBe(255);
      await change(world, held, 'token_assignments', 'status', 'DISABLED');
      expect((await send()).error).toBe(253);
      await change(world, held, 'token_assignments', 'status', 'ACTIVE');
      expect((await send()).error).toBe(352);
      await world.database.query(`UPDATE builtin_people SET disabled = true WHERE login = 'jane'`);
      expect((await send()).error).toBe(204);
      await world.database.query(`UPDATE accounts SET state = 'pending'`);
      expect((await send()).error).toBe(202);
    });

    it('says that a blocked person is locked', async () => {
      await inactive(world);
      const { account } = await world.person();
      await world.database.query(
        `INSERT INTO account_blocks (account_id, created_by, created_at) VALUES ($1, 'chief', $2)`,
        [account.id, world.clock.now()],
      );
      expect((await send()).error).toBe(203);
      expect(await activate(WRONG_HASH)).toBe(203);
    });
  });

  describe('section 4.14: activateTokenAssignment', () => {
    it('makes the assignment ACTIVE, once, and destroys the code', async () => {
      const held = await inactive(world);
      const hash = await hashFor(world, held);
      expect(await activate(hash)).toBe(0);
      expect(await activate(hash)).toBe(352);
      const { result } = await world.call('listTokenAssignments', { user: USER });
      expect(result).toMatchObject({ rows: [{ status: 'ACTIVE' }] });
      expect(await world.database.query('SELECT id FROM activation_codes')).toEqual([]);
      expect(await world.audit('authenticator.activated')).toMatchObject([{ actor: 'agent vpn', outcome: 'success' }]);
    });

    it('takes the assignment by itself, and both path forms', async () => {
      const held = await inactive(world);
      const tokenAssignment = { id: held.assignment.id };
      const acHashText = await hashFor(world, held);
      expect(await world.code('activateTokenAssignment', { tokenAssignment, acHash: WRONG_HASH })).toBe(350);
      expect(
        await world.code(
          'activateTokenAssignment',
          { tokenAssignment, acHash: acHashText },
          { path: '/das5/rest/auth' },
        ),
      ).toBe(0);
    });

    it('takes no plain code, and no hash in another form', async () => {
      await inactive(world);
      await send();
      const { code } = await received(world);
      for (const hash of [code, acHash(plainSecret(code)).slice(0, -1), Buffer.from(code).toString('base64')]) {
        expect(await activate(hash)).toBe(102);
      }
      expect(await activate('')).toBe(101);
    });

    it('attack 26: counts wrong codes, and a dead one stays dead', async () => {
      const held = await inactive(world);
      const hash = await hashFor(world, held);
      for (let guess = 0; guess < 5; guess++) expect(await activate(WRONG_HASH)).toBe(350);
      expect(await activate(hash)).toBe(203);
      world.clock.advance(1_800);
      expect(await activate(hash)).toBe(351);
    });

    it('attack 38: takes no code after its time', async () => {
      const held = await inactive(world);
      const hash = await hashFor(world, held);
      world.clock.advance(86_400);
      expect(await activate(hash)).toBe(351);
    });

    it('attack 9: takes no code that was made for something else', async () => {
      const held = await inactive(world);
      await hashFor(world, held);
      expect(await activate(await hashFor(world, held, 'authorisation'))).toBe(350);
      const other = await inactive(world, '70011853', 'Token2');
      expect(await activate(await hashFor(world, other))).toBe(350);
    });

    it('section 3: says precisely what is wrong', async () => {
      expect(await world.code('activateTokenAssignment', { user: USER, token: TOKEN })).toBe(101);
      expect(await activate(WRONG_HASH)).toBe(250);
      const held = await inactive(world);
      expect(await activate(WRONG_HASH)).toBe(351);
      expect(await activate(WRONG_HASH, { user: { loginName: 'nobody' } })).toBe(200);
      expect(await activate(WRONG_HASH, { user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } })).toBe(242);
      expect(await activate(WRONG_HASH, { user: { loginName: 'john' } })).toBe(252);
      const tokenAssignment = { id: held.assignment.id };
      expect(await activate(WRONG_HASH, { tokenAssignment, user: { loginName: 'john' } })).toBe(252);
      expect(await activate(WRONG_HASH, { tokenAssignment, token: { serial: 'other' } })).toBe(258);
      expect(await activate(WRONG_HASH, { tokenAssignment: { id: held.token.id } })).toBe(258);
      await change(world, held, 'tokens', 'status', 'DISABLED');
      expect(await activate(WRONG_HASH)).toBe(253);
      await change(world, held, 'tokens', 'status', 'ACTIVE');
      await change(world, held, 'token_assignments', 'status', 'LOCKED');
      expect(await activate(WRONG_HASH)).toBe(255);
      await change(world, held, 'token_assignments', 'status', 'ACTIVE');
      expect(await activate(WRONG_HASH)).toBe(352);
    });

    it('means the token that waits, where several are of a sort', async () => {
      await active(world, '70011853', 'Token2');
      const held = await inactive(world);
      await change(world, held, 'tokens', 'product', 'LK/TOTP');
      await world.database.query(`UPDATE tokens SET product = 'LK/TOTP'`);
      const token = { 'product.method': 'OTP' };
      expect(await activate(await hashFor(world, held), { token })).toBe(0);
      expect(await activate(WRONG_HASH, { token })).toBe(251);
    });
  });
});

describeOnPostgres(
  'section 6.9: an activation code',
  (database) => {
    let world: AuthWorld;
    beforeAll(async () => {
      world = await startTokensWorld(database(), {
        settings: { authenticator_max_failures: 100 },
        policies: [WITHOUT_DELAY, { name: 'codes', category: 'activationCode', options: { maxAttempts: '20' } }],
      });
    });
    afterEach(() => world.reset());
    afterAll(() => world.stop());

    it('attack 23: activates once for fifty at the same moment', async () => {
      const held = await inactive(world);
      const acHashText = await hashFor(world, held);
      const call = () => world.code('activateTokenAssignment', { user: USER, token: TOKEN, acHash: acHashText });
      const codes = await Promise.all(RIVALS.map(call));
      const counts = tally(codes.map(String));
      expect(counts['0']).toBe(1);
      expect(codes.filter((code) => code !== 0 && code !== 351 && code !== 352)).toEqual([]);
      expect(await world.audit('authenticator.activated')).toHaveLength(1);
    });
  },
  { poolSize: 20 },
);
