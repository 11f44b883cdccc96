import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { People } from '../../../src/core/directory/people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { AppKeyCheck } from '../../../src/tokens/kinds/app-keys/app-key-check.js';
import { answer, dnOf } from '../../help-desk/contract/desk.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { AppKeyHousekeeping } from '../../../src/tokens/kinds/app-keys/app-key-housekeeping.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { RIVALS, word } from '../../support/token-world.js';
import { codeNow, everythingStored, openOtp, present, RFC_KEY } from './desk.js';

const TRUE = answer(true);
const DAY = 86_400;
const HOUR = 3_600;

interface FetchedKey {
  readonly password: string | null;
  readonly expires: string;
}

describe('section 12: codes and lists', () => {
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

  /** Whether an application password is right. */
  async function opens(password: string): Promise<string> {
    const domain = (await world.app.get(Configuration).snapshot()).domainById(person.domainId);
    if (!domain) throw new Error('no domain');
    const found = await world.app.get(People).byLogin(domain, person.login);
    return word(
      await world.app.get(AppKeyCheck).verify({ found, context: { actor: 'person' } }, plainSecret(password)),
    );
  }

  describe('OpenOTP.Prefix_Register and Prefix_Unregister', () => {
    it('give a chosen PIN, which is typed in front of a code where that is wanted', async () => {
      await world.configure({ domainSettings: '{ require_otp_pin_prefix: true }' });
      await call('TOTP_Register', { key: RFC_KEY });
      expect(await call('Prefix_Register', { prefix: 'Blue42' })).toEqual(answer('Blue42'));
      expect(await present(world, person, codeNow(world))).toBe('passcode-wrong');
      expect(await present(world, person, `Blue42${codeNow(world)}`)).toBe('ok');
      expect(await call('Prefix_Unregister')).toEqual(TRUE);
      expect(await call('Prefix_Unregister')).toEqual(FALSE);
      expect(await present(world, person, codeNow(world, 1))).toBe('ok');
    });

    it('draw one when none is given, and replace the one before', async () => {
      const first = (await call('Prefix_Register')).result as string;
      const second = (await call('Prefix_Register')).result as string;
      expect(first).toMatch(/^[0-9a-z]{4,64}$/);
      expect(second).not.toBe(first);
      expect(await present(world, person, first, 'PIN')).toBe('passcode-wrong');
      expect(await present(world, person, second, 'PIN')).toBe('ok');
    });

    it.each(['123', 'x'.repeat(65), 'with blank', 'größe', ''])('%j is false', async (prefix) => {
      expect(await call('Prefix_Register', { prefix })).toEqual(FALSE);
      expect(await call('Prefix_Unregister')).toEqual(FALSE);
    });
  });

  describe('OpenOTP.List_Register, List_Fetch, List_State and List_Unregister', () => {
    it('make a list, print it, count it down and take it away', async () => {
      expect(await call('List_Register', { size: 25, algo: 'sha1' })).toEqual(TRUE);
      const { result } = await call('List_Fetch');
      const codes = result as string[];
      expect(codes).toHaveLength(25);
      expect(new Set(codes).size).toBe(25);
      expect(await call('List_State')).toEqual(answer(0));
      expect(await present(world, person, codes[0] ?? '')).toBe('ok');
      expect(await present(world, person, codes[1] ?? '')).toBe('ok');
      expect(await call('List_State')).toEqual(answer(2));
      expect(await call('List_Fetch')).toEqual(answer(codes));
      expect(await call('List_Unregister')).toEqual(TRUE);
      expect(await present(world, person, codes[2] ?? '')).toBe('no-usable-token');
    });

    it('replace the list before', async () => {
      await call('List_Register');
      const { result } = await call('List_Fetch');
      expect(result).toHaveLength(100);
      await call('List_Register', { size: '50' });
      expect((await call('List_Fetch')).result).toHaveLength(50);
      expect(await present(world, person, (result as string[])[0] ?? '')).toBe('passcode-wrong');
    });

    it('are false without a list', async () => {
      for (const method of ['List_Fetch', 'List_State', 'List_Unregister']) {
        expect([method, await call(method)]).toEqual([method, FALSE]);
      }
    });

    it.each([{ size: 26 }, { size: 0 }, { algo: 'MD5' }])('%j is false', async (params) => {
      expect(await call('List_Register', params)).toEqual(FALSE);
    });

    it('each printing is in the audit, without the codes', async () => {
      await call('List_Register', { size: 25 });
      const after = await world.lastAuditId();
      const { result } = await call('List_Fetch');
      const rows = await world.audit({ after });
      expect(rows).toMatchObject([{ event: 'otp-list.shown', actor: 'ACME\\chief', target: dnOf(person) }, {}]);
      for (const code of result as string[]) expect(JSON.stringify(rows)).not.toContain(code);
    });
  });

  describe('OpenOTP.AppKey_Register, AppKey_Fetch and AppKey_Unregister', () => {
    const fetched = async () => (await call('AppKey_Fetch')).result as FetchedKey[];

    it('make a password that is given once', async () => {
      expect(await call('AppKey_Register', { length: 25, expires: 30 })).toEqual(TRUE);
      const [key] = await fetched();
      expect(key).toEqual({
        client: null,
        serial: expect.stringMatching(/^APPKEY-/) as string,
        password: expect.stringMatching(/^[A-Za-z0-9]{25}$/) as string,
        expires: world.app.clock.in(30 * DAY).toISOString(),
        lastused: null,
      });
      expect(await opens(key?.password ?? '')).toBe('ok');
      expect(await fetched()).toMatchObject([{ password: null, lastused: world.app.clock.now().toISOString() }]);
      expect(await call('AppKey_Unregister')).toEqual(TRUE);
      expect(await call('AppKey_Unregister')).toEqual(FALSE);
      expect(await fetched()).toEqual([]);
      expect(await opens(key?.password ?? '')).not.toBe('ok');
    });

    it('attack 7: of many who fetch it one gets it', async () => {
      await call('AppKey_Register');
      const answers = await Promise.all(RIVALS.slice(0, 16).map(fetched));
      expect(answers.flat().filter(({ password }) => password !== null)).toHaveLength(1);
      expect(answers.flat()).toHaveLength(16);
    });

    it('is not given any more after an hour', async () => {
      await call('AppKey_Register');
      world.app.clock.advance(HOUR);
      expect(await fetched()).toMatchObject([{ password: null }]);
    });

    it('attack 42: is forgotten after an hour when nobody fetches it', async () => {
      await call('AppKey_Register');
      const sealed = () =>
        world.query(`SELECT secret_sealed FROM tokens WHERE kind = 'AppKey' AND secret_sealed IS NOT NULL`);
      const housekeeping = world.app.get(AppKeyHousekeeping);
      world.app.clock.advance(HOUR - 1);
      await housekeeping.run();
      expect(await sealed()).toHaveLength(1);
      world.app.clock.advance(1);
      expect(await housekeeping.run()).toBe(1);
      expect(await sealed()).toEqual([]);
      expect(await fetched()).toMatchObject([{ password: null, client: null }]);
    });

    it('attack 42: is stored as a digest once it was given, and in no audit', async () => {
      await call('AppKey_Register');
      const [key] = await fetched();
      expect(await everythingStored(world)).not.toContain(key?.password);
      const [sealed] = await world.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM tokens WHERE kind = 'AppKey' AND secret_sealed IS NOT NULL
         AND serial IN (SELECT detail->>'serial' FROM audit_events WHERE event = 'app-key.shown')`,
      );
      expect(sealed).toEqual({ count: 0 });
    });

    it.each([{ length: 11 }, { length: 0 }, { expires: 0 }, { expires: 366 }])('%j is false', async (params) => {
      expect(await call('AppKey_Register', params)).toEqual(FALSE);
      expect(await fetched()).toEqual([]);
    });

    it('is false when no place is left', async () => {
      await world.configure({ domainSettings: '{ app_key_slots: 2 }' });
      expect(await call('AppKey_Register')).toEqual(TRUE);
      expect(await call('AppKey_Register')).toEqual(TRUE);
      expect(await call('AppKey_Register')).toEqual(FALSE);
    });
  });

  describe('OpenOTP.TmpKey_Register', () => {
    it('gives a password that the caller has chosen, for some minutes', async () => {
      expect(await call('TmpKey_Register', { password: 'Paper boats 44', expires: 10 })).toEqual(TRUE);
      expect(await opens('Paper boats 44')).toBe('ok');
      world.app.clock.advance(600);
      expect(await opens('Paper boats 44')).not.toBe('ok');
    });

    it.each([
      { password: 'too short' },
      { password: 'x'.repeat(31) },
      { password: 'Paper boats 44', expires: 0 },
      { password: 'Paper boats 44', expires: 1_441 },
    ])('%j is false', async (params) => {
      expect(await call('TmpKey_Register', params)).toEqual(FALSE);
    });

    it('needs a password, which is in no audit', async () => {
      expect(await call('TmpKey_Register')).toEqual(failure(-32602, 'Parameter password missing'));
      await call('TmpKey_Register', { password: 'canary-of-the-boats', expires: 0 });
      await call('TmpKey_Register', { password: 'canary-of-the-boats' });
      expect(await everythingStored(world)).not.toContain('canary-of');
    });
  });

  describe('OpenOTP.Emerg_Register and Emerg_Unregister', () => {
    it('take the vendor’s sample, for so many uses and seconds', async () => {
      expect(await call('Emerg_Register', { otp: '498576', expires: 3_600, maxuse: 2 })).toEqual(answer('498576'));
      expect(await present(world, person, '498576', 'EMCODE')).toBe('ok');
      expect(await present(world, person, '498576', 'EMCODE')).toBe('ok');
      expect(await present(world, person, '498576', 'EMCODE')).toBe('no-usable-token');
    });

    it('draw one when none is given, for one use within an hour', async () => {
      const code = (await call('Emerg_Register')).result as string;
      expect(code).toMatch(/^[0-9a-z]{10}$/);
      expect(await present(world, person, code, 'EMCODE')).toBe('ok');
      expect(await present(world, person, code, 'EMCODE')).toBe('no-usable-token');
      const late = (await call('Emerg_Register')).result as string;
      world.app.clock.advance(HOUR);
      expect(await present(world, person, late, 'EMCODE')).toBe('no-usable-token');
    });

    it('take all of them away', async () => {
      await call('Emerg_Register');
      await call('Emerg_Register');
      expect(await call('Emerg_Unregister')).toEqual(TRUE);
      expect(await call('Emerg_Unregister')).toEqual(FALSE);
    });

    it.each([
      { otp: '12345' },
      { otp: 'größer als' },
      { otp: '' },
      { expires: 299 },
      { expires: 86_401 },
      { maxuse: 0 },
      { maxuse: 101 },
    ])('%j is false', async (params) => {
      expect(await call('Emerg_Register', params)).toEqual(FALSE);
    });

    it('the code is in no audit', async () => {
      await call('Emerg_Register', { otp: 'canary 42 abcd', maxuse: 0 });
      await call('Emerg_Register', { otp: 'canary42abcd' });
      expect(await everythingStored(world)).not.toContain('canary');
    });
  });
});
