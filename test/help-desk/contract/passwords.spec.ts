import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { NEW_PASSWORD, OLD_PASSWORD, World } from '../../pwreset/contract/world.js';
import { answer, dnOf, UNKNOWN_DN } from './desk.js';

const RIGHT = answer(true);

describe('section 12: passwords', () => {
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

  const check = (password: unknown, dn = dnOf(person)): Promise<unknown> =>
    world.chief.call('Check_User_Password', { dn, password });
  const set = (password: unknown, more: object = {}): Promise<unknown> =>
    world.chief.call('Set_User_Password', { dn: dnOf(person), password, ...more });

  describe('Check_User_Password', () => {
    it('tells right from wrong, and wrong is no error', async () => {
      expect(await check(OLD_PASSWORD)).toEqual(RIGHT);
      expect(await check('wrong')).toEqual(FALSE);
      expect(await check(OLD_PASSWORD)).toEqual(RIGHT);
    });

    it('attack 50: takes no empty password', async () => {
      expect(await check('')).toEqual(FALSE);
    });

    it('attack 47: takes none for who has none', async () => {
      const without = await world.person({ password: undefined as unknown as string });
      await world.query('UPDATE builtin_people SET password_hash = NULL WHERE id = $1', [without.id]);
      expect(await check(OLD_PASSWORD, dnOf(without))).toEqual(FALSE);
    });

    it.each([
      [5, 'not String'],
      [undefined, 'missing'],
      ['a\0', 'not String'],
      ['x'.repeat(1_001), 'too long'],
    ])('refuses %j', async (password, fault) => {
      expect(await check(password)).toEqual(failure(-32602, `Parameter password ${fault}`));
    });

    it('names who is unknown or switched off', async () => {
      expect(await check('x', UNKNOWN_DN)).toEqual(failure(-32603, `LDAP object '${UNKNOWN_DN}' does not exist`));
      await world.change(person, { disabled: true });
      expect(await check(OLD_PASSWORD)).toEqual(
        failure(-32603, `Object '${dnOf(person)}' is not an activated user or group`),
      );
    });

    it('is false for a password that must be changed, without counting it', async () => {
      await world.change(person, { mustChangePassword: true });
      for (let time = 0; time < 12; time++) expect(await check(OLD_PASSWORD)).toEqual(FALSE);
      await world.change(person, { mustChangePassword: false });
      expect(await check(OLD_PASSWORD)).toEqual(RIGHT);
    });

    it('attack 25: stops looking after some wrong ones, and says no more than false', async () => {
      for (let guess = 0; guess < 12; guess++) expect(await check(`wrong ${guess}`)).toEqual(FALSE);
      expect(await check(OLD_PASSWORD)).toEqual(FALSE);
      const [last] = (await world.audit({ event: 'manager-call.refused' })).slice(-1);
      expect(last).toMatchObject({ code: 'too-many-attempts', target: dnOf(person) });
      world.app.clock.advance(3_600);
      expect(await check(OLD_PASSWORD)).toEqual(RIGHT);
    });

    it('attack 26: looks at no more than the allowance of parallel guesses', async () => {
      const guesses = Array.from({ length: 40 }, (_, guess) => check(`wrong ${guess}`));
      expect(new Set((await Promise.all(guesses)).map((one) => JSON.stringify(one)))).toEqual(
        new Set([JSON.stringify(FALSE)]),
      );
      const looked = (await world.audit({ event: 'manager-call.completed' })).filter(
        ({ target, detail }) => target === dnOf(person) && detail?.['method'] === 'Check_User_Password',
      );
      expect(looked.length).toBeLessThanOrEqual(10);
    });

    it('attack 34: counts each call of a batch', async () => {
      const batch = Array.from({ length: 20 }, (_, id) => ({
        jsonrpc: '2.0',
        method: 'Check_User_Password',
        params: { dn: dnOf(person), password: `wrong ${id}` },
        id,
      }));
      await world.chief.post(JSON.stringify(batch));
      expect(await check(OLD_PASSWORD)).toEqual(FALSE);
    });

    it('attack 28: counts all spellings of a name together', async () => {
      const { login } = person;
      const spellings = [`CN=${login},DC=acme`, `cn=${login.toUpperCase()},dc=ACME`, `cn= ${login} ,dc=ACME`];
      for (let guess = 0; guess < 4; guess++) for (const dn of spellings) await check(`wrong ${guess}`, dn);
      expect(await check(OLD_PASSWORD)).toEqual(FALSE);
    });

    it('attack 31: is no way to keep the caller out who tries them for strangers', async () => {
      for (let guess = 0; guess < 12; guess++) {
        expect(await check(`wrong ${guess}`, 'cn=chief,dc=ACME')).toEqual(failure(-32603, 'Access denied'));
      }
      expect(await check(OLD_PASSWORD)).toEqual(RIGHT);
    });

    it('attack 31: keeps the person from no other way in', async () => {
      for (let guess = 0; guess < 12; guess++) await check(`wrong ${guess}`);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
      expect((await world.reset(await world.link(person))).status).toBe(200);
    });
  });

  describe('Set_User_Password', () => {
    it('sets it, ends links and sessions, and tells the person', async () => {
      const link = await world.link(person);
      expect(await set(NEW_PASSWORD)).toEqual(RIGHT);
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(false);
      expect((await world.browser().get(link)).status).toBe(404);
      expect(await world.messages(person)).toMatchObject([
        { channel: 'MAIL', subject: expect.stringContaining('changed') as string },
      ]);
    });

    it('makes the person choose another one at the next log-on, on demand', async () => {
      expect(await set(NEW_PASSWORD, { change: true })).toEqual(RIGHT);
      const state = async (): Promise<unknown> =>
        (await world.query('SELECT must_change_password AS must FROM builtin_people WHERE id = $1', [person.id]))[0];
      expect(await state()).toEqual({ must: true });
      expect(await set('Lake under 8 stars', { change: false })).toEqual(RIGHT);
      expect(await state()).toEqual({ must: false });
    });

    it('attack 65: sets no password of the caller’s own', async () => {
      const own = { dn: 'cn=chief,dc=ACME', password: NEW_PASSWORD };
      expect(await world.chief.call('Set_User_Password', own)).toEqual(failure(-32603, 'Access denied'));
      expect(await set(NEW_PASSWORD)).toEqual(RIGHT);
    });

    it.each(['short', '', 'password', 'aaaaaaaaaaaa'])('attack 64: %j breaks a rule and is false', async (password) => {
      expect(await set(password)).toEqual(FALSE);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    });

    it.each([
      [{ password: 5 }, 'Parameter password not String'],
      [{ password: undefined }, 'Parameter password missing'],
      [{ password: NEW_PASSWORD, change: 'yes' }, 'Parameter change not Boolean'],
    ])('refuses %j', async ({ password, ...more }, data) => {
      expect(await set(password, more)).toEqual(failure(-32602, data));
    });
  });

  it('attack 42: no password is in the audit, right, wrong or refused', async () => {
    const after = await world.lastAuditId();
    for (const password of ['canary-guess', 'canary7', 'Canary of 9 lakes']) {
      await check(password);
      await set(password);
      await world.chief.call('Set_User_Password', { dn: 'nonsense', password });
      await world.chief.call('Set_User_Password', { dn: 5, password });
    }
    const rows = JSON.stringify(await world.audit({ after }));
    expect(rows).toContain('Set_User_Password');
    expect(rows.toLowerCase()).not.toContain('canary');
  });
});
