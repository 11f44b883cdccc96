import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { parseKeyUri } from '../../../src/tokens/oath/key-uri.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { answer, dnOf } from '../../help-desk/contract/desk.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { codeAt, codeNow, everythingStored, openOtp, present, RFC_KEY } from './desk.js';

const TRUE = answer(true);
const SHORT_KEY = Buffer.alloc(15, 1).toString('base64');

describe('section 12: OATH tokens', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  const call = (method: string, params: object = {}) => openOtp(world, person, method, params);
  const tool = (method: string, params: object) => world.chief.call(`OpenOTP.${method}`, params);
  const tokens = async () => (await call('User_Tokens')).result;

  describe('TOTP_Register and HOTP_Register', () => {
    it('give a token that works at once, and tell the person', async () => {
      expect(await call('TOTP_Register', { key: RFC_KEY })).toEqual(TRUE);
      expect(await present(world, person, codeNow(world))).toBe('ok');
      const [notice] = await world.messages(person);
      expect(notice?.text).toContain('one-time password token 1');
    });

    it('put it into the slot with the number, in place of what is there', async () => {
      expect(await call('TOTP_Register', { key: RFC_KEY, id: 2 })).toEqual(TRUE);
      expect(await call('HOTP_Register', { key: RFC_KEY, id: '2' })).toEqual(TRUE);
      expect(await tokens()).toMatchObject([{ id: 2, slot: 'Token2', type: 'HOTP', status: 'ACTIVE', usable: true }]);
    });

    it('take the state over: the drift of a clock, the counter of the next code', async () => {
      await call('TOTP_Register', { key: RFC_KEY, state: '20' });
      expect(await present(world, person, codeNow(world, 20))).toBe('ok');
      await call('HOTP_Register', { key: RFC_KEY, state: 7 });
      expect(await present(world, person, codeAt(6))).toBe('passcode-replayed');
      expect(await present(world, person, codeAt(7))).toBe('ok');
    });

    it('know the hash by the length of the key', async () => {
      for (const [length, hash] of [
        [16, 'SHA1'],
        [20, 'SHA1'],
        [32, 'SHA256'],
        [64, 'SHA512'],
      ] as const) {
        await call('TOTP_Register', { key: Buffer.alloc(length, 7).toString('base64') });
        const [stored] = await world.query<{ state: object }>(
          'SELECT t.state FROM tokens t JOIN token_assignments a ON a.token_id = t.id ORDER BY a.created_at DESC, t.created_at DESC LIMIT 1',
        );
        expect([length, stored?.state]).toMatchObject([length, { hash }]);
        world.app.clock.advance(1);
      }
    });

    it('take the vendor’s sample parameters', async () => {
      const sample = { key: '6f7MXjiju3vmI9Ow6kH7nIdqx8I=', state: '0', session: 'lgiM1mhGYLL6z3Hy', id: 1 };
      expect(await call('HOTP_Register', sample)).toEqual(TRUE);
      expect(await call('TOTP_Register', sample)).toEqual(TRUE);
    });

    it.each(['TOTP_Register', 'HOTP_Register'])('%s says what is wrong, and stores nothing', async (method) => {
      expect(await call(method, { key: SHORT_KEY })).toEqual(FALSE);
      expect(await call(method, { key: '' })).toEqual(FALSE);
      expect(await call(method, { key: RFC_KEY, id: 0 })).toEqual(FALSE);
      expect(await call(method, { key: RFC_KEY, id: 4 })).toEqual(FALSE);
      expect(await call(method, { key: RFC_KEY, state: 2 ** 50 })).toEqual(FALSE);
      expect(await call(method)).toEqual(failure(-32602, 'Parameter key missing'));
      expect(await call(method, { key: '!' })).toEqual(failure(-32602, 'Parameter key not Base64'));
      expect(await call(method, { key: RFC_KEY, state: 'x' })).toEqual(failure(-32602, 'Parameter state not Integer'));
      expect(await call(method, { key: RFC_KEY, id: 'x' })).toEqual(failure(-32602, 'Parameter id not Integer'));
      expect(await tokens()).toEqual([]);
    });

    it('attack 42: the seed is in no answer, no message and nothing that is stored', async () => {
      const key = Buffer.from('canary of twenty byt').toString('base64');
      const answers = [await call('TOTP_Register', { key }), await call('User_Tokens')];
      const everything = [...answers, await world.messages(person), await everythingStored(world)].map((part) =>
        JSON.stringify(part),
      );
      for (const text of everything) expect(text).not.toContain(key.slice(0, 12));
      for (const text of everything) expect(text).not.toContain('canary of');
    });

    it('of many at once for one slot the last one stays', async () => {
      const rivals = RIVALS.slice(0, 16);
      const answers = await Promise.all(rivals.map(() => call('TOTP_Register', { key: RFC_KEY })));
      expect(tally(answers.map(({ result }) => String(result)))).toEqual({ true: 16 });
      expect(await tokens()).toHaveLength(1);
    });

    it('leave rows in the audit, refused or not', async () => {
      const after = await world.lastAuditId();
      await call('TOTP_Register', { key: RFC_KEY });
      await call('TOTP_Register', { key: SHORT_KEY });
      const common = { actor: 'ACME\\chief', target: dnOf(person) };
      const events = (await world.audit({ after })).filter(({ actor }) => actor === common.actor);
      expect(events).toMatchObject([
        { ...common, event: 'authenticator.added', detail: { kind: 'TOTP', slot: 'Token1' } },
        {
          ...common,
          event: 'authenticator-change.refused',
          code: 'seed-not-valid',
          detail: { method: 'OpenOTP.TOTP_Register' },
        },
      ]);
    });
  });

  describe('TOTP_URI and HOTP_URI', () => {
    const uri = { name: 'Bank: one', key: RFC_KEY, userid: 'jane', domain: 'ACME' };
    const read = async (method: string, params: object) => {
      const { result } = await tool(method, params);
      return parseKeyUri(plainSecret(String(result)));
    };

    it('are what authenticator apps read', async () => {
      expect(await read('TOTP_URI', { ...uri, digits: 8, period: 60 })).toMatchObject({
        ok: true,
        key: { kind: 'TOTP', issuer: 'Bank  one', account: 'ACME\\jane', hash: 'SHA1', digits: 8, period: 60 },
      });
      expect(await read('HOTP_URI', { ...uri, state: '12' })).toMatchObject({
        ok: true,
        key: { kind: 'HOTP', digits: 6, counter: 12 },
      });
    });

    it.each([6, 8, 10])('may have %i digits', async (digits) => {
      expect(await read('TOTP_URI', { ...uri, digits })).toMatchObject({ key: { digits, period: 30 } });
    });

    it('attack 70: never become an address on a server', async () => {
      const { result } = await tool('HOTP_URI', { ...uri, tinyurl: true, session: 'lgiM1mhGYLL6z3Hy' });
      expect(result).toMatch(/^otpauth:\/\/hotp\//);
    });

    it.each([
      ['TOTP_URI', { period: 0 }],
      ['TOTP_URI', { period: -30 }],
      ['TOTP_URI', { period: 3_601 }],
      ['TOTP_URI', { digits: 7 }],
      ['HOTP_URI', { digits: 0 }],
      ['HOTP_URI', { state: -1 }],
      ['TOTP_URI', { key: SHORT_KEY }],
    ])('%s with %j is false', async (method, params) => {
      expect(await tool(method, { ...uri, ...params })).toEqual(FALSE);
    });

    it.each(['name', 'key', 'userid', 'domain'])('need %s', async (parameter) => {
      const sent = { ...uri, [parameter]: null };
      expect(await tool('TOTP_URI', sent)).toEqual(failure(-32602, `Parameter ${parameter} missing`));
    });
  });

  describe('TOTP_Verify and HOTP_Verify', () => {
    it('give the new state of the token, ready for its registration', async () => {
      const seen = { key: RFC_KEY, length: 6 };
      expect(await tool('TOTP_Verify', { ...seen, otp: codeNow(world), period: 30 })).toEqual(answer('0'));
      expect(await tool('TOTP_Verify', { ...seen, otp: codeNow(world, 2) })).toEqual(answer('2'));
      expect(await tool('TOTP_Verify', { ...seen, otp: codeNow(world, -21), state: '-20' })).toEqual(answer('-21'));
      expect(await tool('HOTP_Verify', { ...seen, otp: codeAt(0) })).toEqual(answer('1'));
      expect(await tool('HOTP_Verify', { ...seen, otp: codeAt(9), state: '7' })).toEqual(answer('10'));
    });

    it('say the same however often they are asked: nothing is stored', async () => {
      const seen = { otp: codeNow(world), key: RFC_KEY, length: 6 };
      const answers = [await tool('TOTP_Verify', seen), await tool('TOTP_Verify', seen)];
      expect(answers).toEqual([answer('0'), answer('0')]);
    });

    it('know the vectors of RFC 4226 with eight and ten digits', async () => {
      expect(await tool('HOTP_Verify', { otp: '84755224', key: RFC_KEY, length: 8 })).toEqual(answer('1'));
      expect(await tool('HOTP_Verify', { otp: '1284755224', key: RFC_KEY, length: 10 })).toEqual(answer('1'));
    });

    it.each([
      ['HOTP_Verify', { otp: codeAt(0), state: 1 }],
      ['HOTP_Verify', { otp: codeAt(60) }],
      ['HOTP_Verify', { otp: '' }],
      ['HOTP_Verify', { otp: '٧٥٥٢٢٤' }],
      ['HOTP_Verify', { otp: ` ${codeAt(0)}` }],
      ['HOTP_Verify', { otp: codeAt(0), length: 8 }],
      ['HOTP_Verify', { otp: codeAt(0), length: 7 }],
      ['HOTP_Verify', { otp: codeAt(0), key: SHORT_KEY }],
      ['TOTP_Verify', { otp: '000000', period: 0 }],
    ])('%s of %j is false', async (method, params) => {
      expect(await tool(method, { key: RFC_KEY, length: 6, ...params })).toEqual(FALSE);
    });
  });

  describe('TOTP_Resync', () => {
    beforeEach(() => call('TOTP_Register', { key: RFC_KEY }));

    it('finds a clock again that is an hour off, and uses the code up', async () => {
      expect(await present(world, person, codeNow(world, 100))).toBe('passcode-wrong');
      expect(await call('TOTP_Resync', { otp: codeNow(world, 100) })).toEqual(TRUE);
      expect(await present(world, person, codeNow(world, 100))).toBe('passcode-replayed');
      expect(await present(world, person, codeNow(world, 101))).toBe('ok');
    });

    it('attack 22: goes forward only', async () => {
      expect(await present(world, person, codeNow(world))).toBe('ok');
      expect(await call('TOTP_Resync', { otp: codeNow(world) })).toEqual(FALSE);
      expect(await call('TOTP_Resync', { otp: codeNow(world, -50) })).toEqual(FALSE);
    });

    it('is false for another code, an empty slot, a token of another kind', async () => {
      expect(await call('TOTP_Resync', { otp: codeNow(world, 200) })).toEqual(FALSE);
      expect(await call('TOTP_Resync', { otp: '12' })).toEqual(FALSE);
      expect(await call('TOTP_Resync', { otp: codeNow(world), id: 2 })).toEqual(FALSE);
      await call('HOTP_Register', { key: RFC_KEY, id: 2 });
      expect(await call('TOTP_Resync', { otp: codeAt(3), id: 2 })).toEqual(FALSE);
      expect(await call('TOTP_Resync')).toEqual(failure(-32602, 'Parameter otp missing'));
    });

    it('attack 25: is counted like every look at a code', async () => {
      for (let attempt = 0; attempt < 5; attempt++) await call('TOTP_Resync', { otp: '000000' });
      expect(await call('Block_Check')).toEqual(TRUE);
      expect(await call('TOTP_Resync', { otp: codeNow(world) })).toEqual(FALSE);
      await call('Block_Reset');
      expect(await call('TOTP_Resync', { otp: codeNow(world) })).toEqual(TRUE);
    });

    it('attack 21: of many with the same code one is right', async () => {
      await world.configure({ domainSettings: '{ authenticator_max_failures: 100 }' });
      const otp = codeNow(world, 40);
      const answers = await Promise.all(RIVALS.slice(0, 20).map(() => call('TOTP_Resync', { otp })));
      expect(tally(answers.map(({ result }) => String(result)))).toEqual({ true: 1, false: 19 });
    });
  });

  describe('HOTP_Resync_Sequence and HOTP_Resync_Counter', () => {
    beforeEach(() => call('HOTP_Register', { key: RFC_KEY }));

    it('find the counter by two codes that follow one another, and use them up', async () => {
      expect(await call('HOTP_Resync_Sequence', { otp1: codeAt(150), otp2: codeAt(151) })).toEqual(TRUE);
      expect(await present(world, person, codeAt(151))).toBe('passcode-replayed');
      expect(await present(world, person, codeAt(152))).toBe('ok');
    });

    it('set the counter forward, never back', async () => {
      expect(await call('HOTP_Resync_Counter', { counter: 40 })).toEqual(TRUE);
      expect(await present(world, person, codeAt(39))).toBe('passcode-replayed');
      expect(await call('HOTP_Resync_Counter', { counter: 40 })).toEqual(FALSE);
      expect(await call('HOTP_Resync_Counter', { counter: 3 })).toEqual(FALSE);
      expect(await call('HOTP_Resync_Counter', { counter: 0 })).toEqual(FALSE);
      expect(await present(world, person, codeAt(40))).toBe('ok');
    });

    it('are false for codes apart, out of reach or shown before', async () => {
      expect(await call('HOTP_Resync_Sequence', { otp1: codeAt(7), otp2: codeAt(9) })).toEqual(FALSE);
      expect(await call('HOTP_Resync_Sequence', { otp1: codeAt(300), otp2: codeAt(301) })).toEqual(FALSE);
      await present(world, person, codeAt(3));
      expect(await call('HOTP_Resync_Sequence', { otp1: codeAt(2), otp2: codeAt(3) })).toEqual(FALSE);
      expect(await call('HOTP_Resync_Counter', { counter: 60, id: 3 })).toEqual(FALSE);
    });

    it('attack 21: of many counters at once none is set back', async () => {
      const counters = RIVALS.slice(0, 20).map((rival) => 10 + rival);
      await Promise.all(counters.map((counter) => call('HOTP_Resync_Counter', { counter })));
      expect(await present(world, person, codeAt(28))).toBe('passcode-replayed');
      expect(await present(world, person, codeAt(29))).toBe('ok');
    });
  });
});
