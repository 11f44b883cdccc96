import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { answer, dnOf, UNKNOWN_DN } from './desk.js';
import { makeCertificate } from '../make-certificate.js';

describe('section 12: attributes, certificates, search', () => {
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

  const call = (method: string, params: object): Promise<unknown> => world.chief.call(method, params);
  const read = (attrs?: readonly string[]): Promise<unknown> =>
    call('Get_User_Attrs', { dn: dnOf(person), ...(attrs && { attrs }) });

  describe('Get_User_Attrs', () => {
    it('tells the attributes named, by name in lower case', async () => {
      expect(await read(['MAIL', 'mobile', 'noSuchAttribute'])).toEqual(
        answer({ mail: [person.mail], mobile: [person.mobile] }),
      );
      expect(await read([])).toEqual(answer({}));
    });

    it('attack 42: tells all of them when none are named, but no password', async () => {
      const { result } = await world.chief.call('Get_User_Attrs', { dn: dnOf(person) });
      expect(result).toMatchObject({ sn: [person.lastName], mail: [person.mail] });
      expect(JSON.stringify(result)).not.toContain('argon2');
      expect(await read(['userPassword', 'password_hash', 'passwordHash'])).toEqual(answer({}));
    });

    it.each([
      ['mail', 'Array'],
      [{ a: 1 }, 'Array'],
      [[1], 'Array of String'],
    ])('refuses %j as a list', async (attrs, word) => {
      expect(await call('Get_User_Attrs', { dn: dnOf(person), attrs })).toEqual(
        failure(-32602, `Parameter attrs not ${word}`),
      );
    });
  });

  describe('Set_User_Attrs', () => {
    const set = (attrs: unknown, more: object = {}): Promise<unknown> =>
      call('Set_User_Attrs', { dn: dnOf(person), attrs, ...more });

    it('replaces values, alone or in a list, numbers included', async () => {
      expect(await set({ mobile: '+35226000099', description: ['one', 'two'], employeeNumber: 7 })).toEqual(
        answer(true),
      );
      expect(await read(['mobile', 'description', 'employeeNumber'])).toEqual(
        answer({ mobile: ['+35226000099'], description: ['one', 'two'], employeenumber: ['7'] }),
      );
    });

    it('adds values on demand', async () => {
      await set({ description: ['one'] });
      expect(await set({ description: ['two', 'one'] }, { values: true })).toEqual(answer(true));
      expect(await read(['description'])).toEqual(answer({ description: ['one', 'two'] }));
    });

    it('attack 12: a new address ends the links that were sent to the old one', async () => {
      const link = await world.link(person);
      await set({ mail: ['elsewhere@acme.test'] });
      expect((await world.browser().get(link)).status).toBe(404);
      expect((await world.browser().get(await world.link(person))).status).toBe(200);
    });

    it.each([
      { userPassword: ['Secret 1'] },
      { memberOf: ['cn=admins'] },
      { objectClass: ['top'] },
      { '': ['x'] },
      { 'a b': ['x'] },
      { mail: ['a', 'b'] },
    ])('attack 65: %j is false, and changes nothing', async (attrs) => {
      expect(await set({ description: ['changed'], ...attrs })).toEqual(FALSE);
      expect(await read(['description'])).toEqual(answer({}));
      expect(await world.opens(person, 'Secret 1')).toBe(false);
    });

    it.each([
      ['x', 'not Object'],
      [['mail'], 'not Object'],
      [{ mail: null }, 'not Object'],
      [{ mail: true }, 'not Object'],
      [{ mail: [{}] }, 'not Object'],
      [{ mail: ['a\0'] }, 'not Object'],
      [undefined, 'missing'],
    ])('refuses %j as attributes', async (attrs, fault) => {
      expect(await set(attrs)).toEqual(failure(-32602, `Parameter attrs ${fault}`));
    });
  });

  describe('Remove_User_Attrs', () => {
    const remove = (attrs: unknown, more: object = {}): Promise<unknown> =>
      call('Remove_User_Attrs', { dn: dnOf(person), attrs, ...more });

    beforeEach(() => call('Set_User_Attrs', { dn: dnOf(person), attrs: { description: ['one', 'two'], title: 'Dr' } }));

    it('takes whole attributes away, from a list of names or an object', async () => {
      expect(await remove(['description'])).toEqual(answer(true));
      expect(await remove({ title: ['whatever'] })).toEqual(answer(true));
      expect(await read(['description', 'title'])).toEqual(answer({}));
    });

    it('takes single values away on demand', async () => {
      expect(await remove({ description: ['two'] }, { values: true })).toEqual(answer(true));
      expect(await read(['description'])).toEqual(answer({ description: ['one'] }));
    });

    it('takes away what is not there', async () => {
      expect(await remove(['employeeType'])).toEqual(answer(true));
      expect(await remove({ description: ['three'] }, { values: true })).toEqual(answer(true));
      expect(await read(['description'])).toEqual(answer({ description: ['one', 'two'] }));
    });

    it.each(['x', 5, [5]])('refuses %j as attributes', async (attrs) => {
      expect(await remove(attrs)).toEqual(failure(-32602, 'Parameter attrs not Object or Array of String'));
    });
  });

  describe('certificates', () => {
    const list = (more: object = {}): Promise<unknown> => call('Get_User_Certificates', { dn: dnOf(person), ...more });

    it('are listed in PEM, and taken away one by one', async () => {
      const [first, second, third] = await Promise.all([
        makeCertificate('a'),
        makeCertificate('b'),
        makeCertificate('c'),
      ]);
      expect(await list()).toEqual(answer([]));
      const attrs = { userCertificate: [first.base64, second.base64] };
      expect(await call('Set_User_Attrs', { dn: dnOf(person), attrs })).toEqual(answer(true));
      expect(await list()).toEqual(answer([first.pem, second.pem]));
      const remove = (certificate: string): Promise<unknown> =>
        call('Remove_User_Certificate', { dn: dnOf(person), certificate });
      expect(await remove(third.pem)).toEqual(FALSE);
      expect(await remove('nonsense')).toEqual(FALSE);
      expect(await remove(`${second.pem}\n`)).toEqual(answer(true));
      expect(await remove(second.pem)).toEqual(FALSE);
      expect(await list()).toEqual(answer([first.pem]));
    });

    it('are left out when they are not valid, on demand', async () => {
      const { base64, pem } = await makeCertificate('a');
      await call('Set_User_Attrs', { dn: dnOf(person), attrs: { userCertificate: base64 } });
      const { validFrom, validTo } = await makeCertificate('b');
      const at = world.app.clock.now();
      const within = validFrom <= at && at <= validTo;
      expect(await list({ valid: true })).toEqual(answer(within ? [pem] : []));
      expect(await list({ valid: false })).toEqual(answer([pem]));
    });
  });

  describe('Search_LDAP_Objects', () => {
    const search = (params: object): Promise<unknown> => call('Search_LDAP_Objects', params);

    it('finds by filter below the base, with the attributes named', async () => {
      const filter = `(mail=${person.mail})`;
      expect(await search({ basedn: 'dc=ACME', filter, attrs: ['mail'] })).toEqual(
        answer({ [dnOf(person)]: { mail: [person.mail] } }),
      );
      expect(await search({ basedn: 'dc=ACME', filter: '(mail=nobody@acme.test)' })).toEqual(answer({}));
    });

    it('goes as deep as it is told', async () => {
      const names = async (params: object): Promise<string[]> =>
        Object.keys((await world.chief.call('Search_LDAP_Objects', { attrs: ['1.1'], ...params })).result ?? {});
      expect(await names({ basedn: 'dc=ACME', scope: 'BASE' })).toEqual(['dc=ACME']);
      expect(await names({ basedn: 'dc=ACME', scope: 'one' })).toEqual(expect.arrayContaining([dnOf(person)]));
      expect(await names({ basedn: dnOf(person), scope: 'base' })).toEqual([dnOf(person)]);
      expect(await names({ basedn: 'dc=ACME' })).toEqual(expect.arrayContaining(['dc=ACME', dnOf(person)]));
    });

    it('answers what cannot be done with its fault', async () => {
      const absent = (dn: string): object => failure(-32603, `LDAP object '${dn}' does not exist`);
      expect(await search({})).toEqual(failure(-32602, 'Parameter basedn missing'));
      expect(await search({ basedn: 'x' })).toEqual(failure(-32603, "Could not read LDAP object 'x' (invalid DN)"));
      expect(await search({ basedn: UNKNOWN_DN })).toEqual(absent(UNKNOWN_DN));
      expect(await search({ basedn: 'dc=Nowhere' })).toEqual(absent('dc=Nowhere'));
      expect(await search({ basedn: 'dc=ACME', scope: 'deep' })).toEqual(FALSE);
      expect(await search({ basedn: 'dc=ACME', filter: '(mail=' })).toEqual(FALSE);
    });

    it('attack 42: tells nothing of passwords, not even by a filter', async () => {
      const { result } = await world.chief.call('Search_LDAP_Objects', { basedn: 'dc=ACME' });
      expect(JSON.stringify(result)).not.toContain('argon2');
      expect(await search({ basedn: 'dc=ACME', filter: '(userPassword=*)' })).toEqual(FALSE);
    });

    it('attack 65: finds nobody whose attributes the caller could not read by name', async () => {
      const keeper = world.manager('ACME\\keeper');
      const found = async (params: object, as = keeper): Promise<string[]> =>
        Object.keys(
          (await as.call('Search_LDAP_Objects', { basedn: 'dc=ACME', attrs: ['1.1'], ...params })).result ?? {},
        );
      const chiefs = [dnOf({ login: 'chief' }), dnOf({ login: 'second chief' })];
      expect(await found({ filter: '(mail=chief*)' }, world.chief)).toEqual(expect.arrayContaining(chiefs));
      expect(await found({ filter: '(mail=chief*)' })).toEqual([]);
      for (const basedn of chiefs) expect(await found({ basedn, scope: 'base' })).toEqual([]);
      const all = await found({});
      expect(all).toEqual(expect.arrayContaining(['keeper', 'helper', person.login].map((login) => dnOf({ login }))));
      expect(all.filter((dn) => chiefs.includes(dn))).toEqual([]);
    });

    it('attack 65: searches nothing beyond the caller’s reach', async () => {
      const other = await world.person({}, 'Umbrella');
      const keeper = world.manager('ACME\\keeper');
      const params = { basedn: 'dc=Umbrella', filter: `(mail=${other.mail})` };
      expect(await keeper.call('Search_LDAP_Objects', params)).toEqual(
        failure(-32603, "LDAP object 'dc=Umbrella' does not exist"),
      );
      expect((await world.chief.call('Search_LDAP_Objects', params)).result).toHaveProperty([dnOf(other, 'Umbrella')]);
    });
  });
});
