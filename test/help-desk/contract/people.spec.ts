import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { answer, callAs, dnOf, UNKNOWN_DN } from './desk.js';

const DENIED = failure(-32603, 'Access denied');

describe('section 12: who a person is', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
    person = await world.person({ login: 'Jane Doe' });
  });
  beforeEach(() => world.calm());
  afterAll(() => world.stop());

  const call = (method: string, params: object): Promise<unknown> => world.chief.call(method, params);

  describe('Get_User_DN', () => {
    it.each(['Jane Doe', 'jane doe', ' JANE  DOE '])('finds %j', async (username) => {
      expect(await call('Get_User_DN', { username, domain: 'ACME' })).toEqual(answer('cn=Jane Doe,dc=ACME'));
    });

    it('names an unknown domain before an unknown user', async () => {
      expect(await call('Get_User_DN', { username: 'x', domain: 'Nowhere' })).toEqual(
        failure(-32603, "Domain 'Nowhere' not existing"),
      );
      expect(await call('Get_User_DN', { username: 'x', domain: 'ACME' })).toEqual(
        failure(-32603, 'User not found ACME\\x'),
      );
    });

    it.each([
      [{ username: 'x' }, 'Parameter domain missing'],
      [{ domain: 'ACME' }, 'Parameter username missing'],
      [{ username: 5, domain: 'ACME' }, 'Parameter username not String'],
      [{ username: 'x', domain: null }, 'Parameter domain missing'],
    ])('refuses %j', async (params, data) => {
      expect(await call('Get_User_DN', params)).toEqual(failure(-32602, data));
    });

    it('tells of people who are switched off too', async () => {
      const off = await world.person({ disabled: true });
      expect(await call('Get_User_DN', { username: off.login, domain: 'ACME' })).toEqual(answer(dnOf(off)));
    });
  });

  describe.each([
    ['Get_User_IDs', {}],
    ['Get_User_Domains', {}],
    ['Get_User_Groups', { domain: 'ACME' }],
    ['Get_User_Settings', {}],
    ['Get_User_Data', {}],
    ['Check_User_Active', {}],
    ['Activate_LDAP_Object', {}],
    ['Deactivate_LDAP_Object', {}],
    ['Unlock_Application_Access', { application: 'selfreg', expires: 60 }],
  ])('%s, as every method with a dn', (method, more) => {
    it.each([
      [{}, -32602, 'Parameter dn missing'],
      [{ dn: null }, -32602, 'Parameter dn missing'],
      [{ dn: 1 }, -32602, 'Parameter dn not String'],
      [{ dn: 'cn=a\0,dc=ACME' }, -32602, 'Parameter dn not String'],
      [{ dn: 'nonsense' }, -32603, "Could not read LDAP object 'nonsense' (invalid DN)"],
      [{ dn: '' }, -32603, "Could not read LDAP object '' (invalid DN)"],
      [{ dn: UNKNOWN_DN }, -32603, `LDAP object '${UNKNOWN_DN}' does not exist`],
      [{ dn: 'cn=*,dc=ACME' }, -32603, "LDAP object 'cn=*,dc=ACME' does not exist"],
      [{ dn: 'cn=Jane Doe,dc=Nowhere' }, -32603, "LDAP object 'cn=Jane Doe,dc=Nowhere' does not exist"],
    ] as const)('answers %j with its fault', async (params, code, data) => {
      expect(await call(method, { ...params, ...more })).toEqual(failure(code, data));
    });

    it('attack 28: knows a name in every spelling', async () => {
      for (const dn of ['CN=Jane Doe,DC=acme', 'cn=jane doe , dc=ACME', 'cn=Jane\\20Doe,dc=ACME']) {
        expect(await call(method, { ...more, dn })).not.toHaveProperty('error');
        await call('Activate_LDAP_Object', { dn: dnOf(person) });
      }
    });
  });

  it('Get_User_IDs lists the logins', async () => {
    expect(await call('Get_User_IDs', { dn: dnOf(person) })).toEqual(answer(['Jane Doe']));
  });

  it('Get_User_Domains lists the domains', async () => {
    expect(await call('Get_User_Domains', { dn: dnOf(person) })).toEqual(answer(['ACME']));
  });

  it('Get_User_Groups asks the domain that is named', async () => {
    expect(await call('Get_User_Groups', { dn: dnOf(person), domain: 'ACME' })).toEqual(answer([]));
    expect(await call('Get_User_Groups', { dn: dnOf(person), domain: 'Nowhere' })).toEqual(
      failure(-32603, "Domain 'Nowhere' not existing"),
    );
    expect(await call('Get_User_Groups', { dn: dnOf(person), domain: 'Umbrella' })).toEqual(
      failure(-32603, `LDAP object '${dnOf(person)}' does not exist`),
    );
    expect(await call('Get_User_Groups', { dn: dnOf(person) })).toEqual(failure(-32602, 'Parameter domain missing'));
  });

  it('Check_User_Active tells who is switched off, here or in the directory', async () => {
    const other = await world.person();
    const active = (): Promise<unknown> => call('Check_User_Active', { dn: dnOf(other) });
    expect(await active()).toEqual(answer(true));
    await world.change(other, { disabled: true });
    expect(await active()).toEqual(FALSE);
    await world.change(other, { disabled: false });
    await call('Deactivate_LDAP_Object', { dn: dnOf(other) });
    expect(await active()).toEqual(FALSE);
  });

  describe('Get_User_Settings', () => {
    it('tells the values in force in the domain of the person', async () => {
      await world.configure({
        settings: '{ link_expiration_hours: 12 }',
        domainSettings: '{ link_expiration_hours: 48 }',
      });
      const settings = ['link_expiration_hours', 'pwreset_access_locked', 'no_such_setting', 'manager_auth'];
      expect(await call('Get_User_Settings', { dn: dnOf(person), settings })).toEqual(
        answer({ link_expiration_hours: 48, pwreset_access_locked: false }),
      );
      expect(await call('Get_User_Settings', { dn: dnOf(person), settings: [] })).toEqual(answer({}));
      const all = (await world.chief.call('Get_User_Settings', { dn: dnOf(person) })).result;
      expect(all).toMatchObject({ link_expiration_hours: 48, default_language: 'en' });
      expect(all).not.toHaveProperty('manager_auth');
    });

    it.each(['x', 5, {}, [5], ['a\0']])('refuses %j as a list', async (settings) => {
      const word = Array.isArray(settings) ? 'Array of String' : 'Array';
      expect(await call('Get_User_Settings', { dn: dnOf(person), settings })).toEqual(
        failure(-32602, `Parameter settings not ${word}`),
      );
    });
  });

  it('Get_User_Data tells what is kept, as Base64', async () => {
    const other = await world.person();
    await world.link(other);
    const { result } = await world.chief.call('Get_User_Data', { dn: dnOf(other) });
    const texts = Object.entries(result as Record<string, string>).map(([name, value]) => [
      name,
      Buffer.from(value, 'base64').toString('utf8'),
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      'Account.ID': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'Account.State': 'active',
      'Account.Created': world.app.clock.now().toISOString(),
      'Account.OutstandingRequests': '1',
    });
    expect(await call('Get_User_Data', { dn: dnOf(other), data: ['OpenOTP.TokenKey', 'Account.State'] })).toEqual(
      answer({ 'Account.State': 'YWN0aXZl' }),
    );
  });

  it('attack 65: names out of reach are refused, or are not there, whatever the method', async () => {
    const elsewhere = await world.person({ login: 'elsewhere' }, 'Umbrella');
    const dn = dnOf(elsewhere, 'Umbrella');
    const unknown = failure(-32603, `LDAP object '${dn}' does not exist`);
    expect(await callAs(world, 'domain-admin of ACME', 'Check_User_Active', { dn })).toEqual(unknown);
    expect(await callAs(world, 'user-manager of ACME', 'Check_User_Active', { dn: dnOf({ login: 'chief' }) })).toEqual(
      DENIED,
    );
    const login = { username: 'elsewhere', domain: 'Umbrella' };
    expect(await callAs(world, 'domain-admin of ACME', 'Get_User_DN', login)).toEqual(DENIED);
    expect(await callAs(world, 'user-manager of Umbrella', 'Get_User_DN', login)).toEqual(answer(dn));
  });
});
