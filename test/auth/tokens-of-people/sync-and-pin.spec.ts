import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { pinCodePurpose, TOKEN_SECRET } from '../../../src/tokens/token-secrets.js';
import { describeOnPostgres, eachDatabase } from '../../support/test-database.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { type AuthWorld, JANES_PASSWORD, WITHOUT_DELAY } from '../auth-world.js';
import { active, change, setPin, startTokensWorld, TOKEN, USER } from './tokens-world.js';

const DAY = 86_400_000;

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startTokensWorld(database());
  });
  afterEach(() => world.reset());
  afterAll(() => world.stop());

  describe('section 4.12: syncToken', () => {
    const sync = (credential: unknown, body: object = {}) =>
      world.patiently('syncToken', { user: USER, token: TOKEN, credential, ...body });
    const codes = (...steps: number[]) => steps.map((step) => world.tokens.code(step)).join(',');
    const verify = (otp: string) => world.patiently('verify', { user: USER, credential: { otp } });

    it('brings a drifted token back, and neither code is good for a logon', async () => {
      const held = await active(world);
      expect(await verify(world.tokens.code(90))).toBe(300);
      expect(await sync(codes(90, 91))).toBe(0);
      expect((await world.tokens.stored(held)).token.drift).toBe(91);
      expect(await verify(world.tokens.code(90))).not.toBe(0);
      expect(await verify(world.tokens.code(91))).toBe(302);
      expect(await verify(world.tokens.code(92))).toBe(0);
      expect(await world.audit('authenticator.resynchronised')).toMatchObject([{ actor: 'agent vpn' }]);
    });

    it('takes three codes, spaces, hyphens, and the form of a credential', async () => {
      await active(world);
      const [one = '', two = ''] = codes(50, 51).split(',');
      expect(await sync(` ${one.slice(0, 3)} ${one.slice(3)} , ${two.slice(0, 3)}-${two.slice(3)}`)).toBe(0);
      expect(await sync({ otp: codes(52, 53, 54) })).toBe(0);
    });

    it.each(['123456', '123456,123456', '1,2,3,4', ',', '123456,', 5, ['123456', '654321'], { otp: 'x' }])(
      'refuses %j with 102',
      async (credential) => {
        await active(world);
        expect(await sync(credential)).toBe(102);
      },
    );

    it.each(['', null, {}, { otp: '' }])('misses %j', async (credential) => {
      expect(await sync(credential)).toBe(101);
    });

    it('refuses codes out of sequence with 310, counts them, and locks', async () => {
      await active(world);
      for (let guess = 0; guess < 5; guess++) expect(await sync(codes(90, 92))).toBe(310);
      expect(await sync(codes(90, 91))).toBe(203);
      const rows = await world.audit('authenticator.refused');
      expect(rows).toHaveLength(6);
      expect(rows[0]).toMatchObject({
        code: 'passcode-wrong',
        detail: { serial: TOKEN.serial, reason: 'synchronisation' },
      });
    });

    it('235 where people may not do it themselves, and the codes are not looked at', async () => {
      const held = await active(world);
      const switched = (syncToken: string) =>
        world.apply({ agents: ['vpn'], policies: [{ name: 'own', category: 'self-service', options: { syncToken } }] });
      await switched('false');
      expect(await sync(codes(90, 91))).toBe(235);
      expect((await world.tokens.stored(held)).token.drift).toBe(0);
      await switched('true');
      expect(await sync(codes(90, 91))).toBe(0);
    });

    it('attack 44: odd codes are codes that are wrong', async () => {
      await active(world);
      for (const credential of ['٠١٢٣٤٥,123456', 'abcdef,ghijkl', `${'9'.repeat(30)},${'8'.repeat(30)}`]) {
        expect(await sync(credential)).toBe(310);
      }
    });

    it('section 3: says precisely what is wrong', async () => {
      const good = codes(1, 2);
      expect(await sync(good)).toBe(250);
      const held = await active(world);
      expect(await sync(good, { user: { loginName: 'nobody' } })).toBe(200);
      expect(await sync(good, { user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } })).toBe(242);
      expect(await sync(good, { user: { loginName: 'john' } })).toBe(252);
      const { account } = await world.person();
      await world.tokens.give(account, { kind: 'GridCard', serial: '33100708' }, { slot: 'GridCard' });
      expect(await sync(good, { token: { serial: '33100708' } })).toBe(303);
      const now = world.clock.now().getTime();
      for (const [table, column, value, expected] of [
        ['tokens', 'status', 'DISABLED', 253],
        ['token_assignments', 'status', 'INACTIVE', 254],
        ['token_assignments', 'status', 'LOCKED', 255],
        ['token_assignments', 'starts', new Date(now + DAY), 256],
        ['token_assignments', 'usage_limit', 0, 0],
      ] as const) {
        const before = column === 'status' ? 'ACTIVE' : null;
        await change(world, held, table, column, value);
        expect([column, await sync(good)]).toEqual([column, expected]);
        if (before !== null || column === 'starts') await change(world, held, table, column, before);
      }
    });
  });

  describe('section 4.20: verifyPin', () => {
    const pin = (typed: string, body: object = {}) => world.patiently('verifyPin', { user: USER, pin: typed, ...body });

    it('form 1: is the static password, counted as at every door', async () => {
      expect(await pin(JANES_PASSWORD)).toBe(0);
      expect(await pin('wrong')).toBe(300);
      expect(await pin(' ')).toBe(300);
      expect(await pin('')).toBe(101);
      expect(await pin(JANES_PASSWORD, { user: { loginName: 'nobody' } })).toBe(200);
      for (let guess = 0; guess < 3; guess++) await pin('wrong', { remoteIp: '203.0.113.20' });
      expect(await pin(JANES_PASSWORD, { remoteIp: '203.0.113.20' })).toBe(203);
    });

    it('forms 2 and 3: is the PIN of the assignment', async () => {
      const held = await active(world);
      await setPin(world, held, '6203');
      for (const body of [{ token: TOKEN }, { tokenAssignment: { id: held.assignment.id } }]) {
        expect(await pin('6203', body)).toBe(0);
        expect(await pin('6204', body)).toBe(300);
      }
    });

    it('is wrong where there is no PIN', async () => {
      await active(world);
      expect(await pin('6203', { token: TOKEN })).toBe(300);
      expect(await pin('\u0001', { token: TOKEN })).toBe(300);
    });

    it('is the code itself of a PIN code', async () => {
      const { account } = await world.person();
      const held = await world.tokens.give(account, { kind: 'PINCode', serial: TOKEN.serial }, { slot: 'PINCode' });
      const digest = world.get(KeyRing).digest(plainSecret('abc4'), pinCodePurpose(held.token.id));
      await change(world, held, 'tokens', 'secret_digest', digest);
      expect(await pin('abc4', { token: TOKEN })).toBe(0);
      expect(await pin('ABC4', { token: TOKEN })).toBe(300);
    });

    it('section 6.6: is the path of a grid, in whatever characters', async () => {
      const { account } = await world.person();
      const secretSealed = world.get(KeyRing).seal(plainSecret('1364'), TOKEN_SECRET);
      await world.tokens.give(account, { kind: 'GridGo', serial: TOKEN.serial, secretSealed }, { slot: 'GridGo' });
      for (const typed of ['1364', '2ES5', '2rd4']) expect(await pin(typed, { token: TOKEN })).toBe(0);
      for (const typed of ['1363', 'xyz', '13641']) expect(await pin(typed, { token: TOKEN })).toBe(300);
      expect(await world.database.query('SELECT authenticator, failures FROM authenticator_counters')).toEqual([
        { authenticator: 'GRIDGO', failures: 3 },
      ]);
    });

    it('section 6.6: is the path of a card that is protected by one', async () => {
      const { account } = await world.person();
      const held = await world.tokens.give(account, { kind: 'GridCard', serial: TOKEN.serial }, { slot: 'GridCard' });
      await setPin(world, held, '1364');
      expect(await pin('2ES5', { token: TOKEN })).toBe(0);
      expect(await pin('1363', { token: TOKEN })).toBe(300);
    });

    it('says nothing of a PIN that is to be changed, which listTokenAssignments tells', async () => {
      const held = await active(world);
      await setPin(world, held, '6203');
      await change(world, held, 'token_assignments', 'must_change_pin', true);
      expect(await world.call('verifyPin', { user: USER, token: TOKEN, pin: '6203' })).toMatchObject({
        status: 200,
        error: 0,
      });
      const { result } = await world.call('listTokenAssignments', { user: USER, return: ['mustChangePin'] });
      expect(result).toMatchObject({ rows: [{ mustChangePin: true }] });
    });

    it('attack 27: counts apart from passcodes, and locks by itself', async () => {
      const held = await active(world);
      await setPin(world, held, '6203');
      const verify = (otp: string) => world.patiently('verify', { user: USER, credential: { otp } });
      for (let guess = 0; guess < 4; guess++) await verify('000000');
      expect(await pin('6203', { token: TOKEN })).toBe(0);
      await verify('000000');
      expect(await verify(world.tokens.code())).toBe(203);
      for (let guess = 0; guess < 5; guess++) expect(await pin('1', { token: TOKEN })).toBe(300);
      expect(await pin('6203', { token: TOKEN })).toBe(203);
    });

    it('section 3: says precisely what is wrong', async () => {
      expect(await world.code('verifyPin', { user: USER })).toBe(101);
      expect(await pin('1', { token: TOKEN })).toBe(250);
      const held = await active(world);
      const tokenAssignment = { id: held.assignment.id };
      expect(await pin('1', { user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' }, token: TOKEN })).toBe(242);
      expect(await pin('1', { user: { loginName: 'john' }, token: TOKEN })).toBe(252);
      expect(await pin('1', { user: { loginName: 'john' }, tokenAssignment })).toBe(252);
      expect(await pin('1', { tokenAssignment: { id: 5 } })).toBe(258);
      expect(await pin('1', { tokenAssignment: { id: held.token.id } })).toBe(258);
      await change(world, held, 'token_assignments', 'usage_limit', 1);
      await change(world, held, 'token_assignments', 'usage_count', 1);
      expect(await pin('1', { token: TOKEN })).toBe(257);
      await change(world, held, 'token_assignments', 'usage_limit', 0);
      const past = new Date(world.clock.now().getTime() - DAY);
      await change(world, held, 'token_assignments', 'expires', past);
      expect(await pin('1', { token: TOKEN })).toBe(256);
      for (const [status, expected] of [
        ['LOCKED', 255],
        ['INACTIVE', 254],
        ['DISABLED', 253],
      ] as const) {
        await change(world, held, 'token_assignments', 'status', status);
        expect(await pin('1', { token: TOKEN })).toBe(expected);
      }
      await world.database.query('UPDATE builtin_people SET disabled = true');
      expect(await pin('1', { token: TOKEN })).toBe(204);
      await world.database.query(`UPDATE accounts SET state = 'deactivated'`);
      expect(await pin('1', { token: TOKEN })).toBe(202);
    });
  });
});

describeOnPostgres(
  'at the same moment',
  (database) => {
    let world: AuthWorld;
    beforeAll(async () => {
      world = await startTokensWorld(database(), { policies: [WITHOUT_DELAY] });
    });
    afterEach(() => world.reset());
    afterAll(() => world.stop());

    it('attack 26: of two hundred wrong PINs five are looked at', async () => {
      await setPin(world, await active(world), '6203');
      const call = () => world.code('verifyPin', { user: USER, token: TOKEN, pin: '1111' });
      const answers = tally((await Promise.all(Array.from({ length: 200 }, call))).map(String));
      expect(answers).toEqual({ '300': 5, '203': 195 });
    });

    it('attack 23: one synchronisation of fifty with the same codes comes through', async () => {
      await active(world);
      await world.apply({ agents: ['vpn'], settings: { authenticator_max_failures: 100 }, policies: [WITHOUT_DELAY] });
      const credential = [90, 91].map((step) => world.tokens.code(step)).join(',');
      const call = () => world.code('syncToken', { user: USER, token: TOKEN, credential });
      const answers = tally((await Promise.all(RIVALS.map(call))).map(String));
      expect(answers).toEqual({ '0': 1, '310': RIVALS.length - 1 });
    });
  },
  { poolSize: 20 },
);
