import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activeDirectory, DirectoryWorld, openLdap } from '../../pwreset/directories/directory-world.js';
import { describeWith } from '../../support/describe-with.js';
import { escapeDnValue, ldifAdd } from '../../support/ldif.js';
import type { RpcAnswer } from '../../support/manager-client.js';
import { type Samba, startSamba } from '../../support/samba.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { makeCertificate } from '../make-certificate.js';

const PASSWORD = 'Paper boats 44';
const NEXT = 'Lake under 7 stars';
const NAME = 'Doe, Jane #1';

/** A person in one of the directories, and what tells the directories apart. */
interface Place {
  readonly domain: string;
  readonly base: string;
  readonly dn: string;
  /** The login attributes of `jane`, the main one first. */
  readonly ids: readonly string[];
  readonly group: string;
}

describeWith(['openldap', 'active-directory'], 'section 12 on real directories', () => {
  let slapd: Slapd;
  let samba: Samba;
  let world: DirectoryWorld;
  const places: Record<string, Place> = {};

  beforeAll(async () => {
    [slapd, samba] = await Promise.all([startSlapd({ serviceAccess: 'write', keepsPeople: true }), startSamba()]);
    const attributes = { mail: 'jane@example.test', telephoneNumber: '1' };
    const dn = await slapd.addPerson({ uid: 'jane', cn: NAME, sn: 'Doe', password: PASSWORD, attributes });
    const group = `cn=Staff,ou=groups,dc=example,dc=test`;
    await slapd.modify(ldifAdd(group, { objectClass: 'groupOfNames', cn: 'Staff', member: dn }));
    places['openldap'] = { domain: 'CORP', base: slapd.baseDn, dn, ids: ['jane', NAME, 'jane@example.test'], group };

    const user = await samba.addUser({ login: 'jane', cn: NAME, password: PASSWORD, attributes });
    const staff = `CN=Staff,${samba.peopleDn}`;
    await samba.modify(ldifAdd(staff, { objectClass: 'group', cn: 'Staff', sAMAccountName: 'Staff', member: user }));
    places['active-directory'] = {
      domain: 'AD',
      base: samba.peopleDn,
      dn: `CN=${escapeDnValue(NAME)},${samba.peopleDn}`,
      ids: ['jane', 'jane@corp.example.test', NAME],
      group: staff,
    };
    world = await DirectoryWorld.start(
      [
        { name: 'CORP', directory: openLdap(slapd) },
        {
          name: 'AD',
          directory: activeDirectory(samba, {
            bindDn: samba.adminDn,
            bindPassword: '${AD_PASSWORD}',
            baseDn: samba.peopleDn,
          }),
        },
      ],
      { DIRECTORY_PASSWORD: slapd.bindPassword, AD_PASSWORD: samba.adminPassword },
    );
    for (const [kind, place] of Object.entries(places)) {
      places[kind] = { ...place, dn: (await world.person(place.domain, 'jane')).person.dn };
    }
    await slapd.replace(slapd.policyDn, { pwdLockout: 'FALSE', pwdMinAge: '0', pwdMustChange: 'TRUE' });
  });
  beforeEach(() => world.forgetAttempts());
  afterAll(async () => {
    await world?.stop();
    await Promise.all([slapd?.stop(), samba?.stop()]);
  });

  describe.each(['openldap', 'active-directory'])('%s', (kind) => {
    const place = (): Place => {
      const found = places[kind];
      if (!found) throw new Error(`no ${kind}`);
      return found;
    };
    const call = (method: string, params: object = {}): Promise<RpcAnswer> =>
      world.desk.chief.call(method, { dn: place().dn, ...params });
    const result = async (method: string, params: object = {}): Promise<unknown> => {
      const { result, error } = await call(method, params);
      return error ?? result;
    };

    it('knows a person by login and by every spelling of their name', async () => {
      const { domain, dn, ids } = place();
      for (const username of ids)
        expect(String(await result('Get_User_DN', { username, domain })).toLowerCase()).toBe(dn.toLowerCase());
      for (const spelling of [dn, dn.toUpperCase(), dn.replaceAll(',', ' , ').replaceAll('\\ ,', '\\,')]) {
        expect([spelling, await result('Get_User_Domains', { dn: spelling })]).toEqual([spelling, [domain]]);
      }
      expect(await result('Get_User_IDs')).toEqual(ids);
      expect(await result('Check_User_Active')).toBe(true);
    });

    it('tells who is not there from what is no name', async () => {
      const absent = `cn=nobody,${place().base}`;
      expect(await result('Check_User_Active', { dn: absent })).toMatchObject({
        data: `LDAP object '${absent}' does not exist`,
      });
      expect(await result('Check_User_Active', { dn: 'x' })).toMatchObject({
        data: "Could not read LDAP object 'x' (invalid DN)",
      });
      expect(await result('Check_User_Active', { dn: `cn=*,${place().base}` })).toMatchObject({ code: -32603 });
    });

    it('lists groups', async () => {
      const groups = (await result('Get_User_Groups', { domain: place().domain })) as string[];
      expect(groups.map((name) => name.toLowerCase())).toEqual([place().group.toLowerCase()]);
    });

    it('reads, replaces, adds and takes away attributes', async () => {
      const attrs = ['telephonenumber', 'otherTelephone', 'description', 'noSuchAttribute'];
      const read = (): Promise<unknown> => result('Get_User_Attrs', { attrs });
      expect(await read()).toEqual({ telephonenumber: ['1'] });
      expect(await result('Set_User_Attrs', { attrs: { telephoneNumber: '2', description: 'here' } })).toBe(true);
      expect(await read()).toEqual({ telephonenumber: ['2'], description: ['here'] });
      expect(await result('Set_User_Attrs', { attrs: { noSuchAttribute: 'x', description: 'there' } })).toBe(false);
      expect(await result('Set_User_Attrs', { attrs: { userPassword: 'x' } })).toBe(false);
      expect(await result('Remove_User_Attrs', { attrs: { description: ['here'] }, values: true })).toBe(true);
      expect(await result('Remove_User_Attrs', { attrs: ['description'] })).toBe(true);
      expect(await read()).toEqual({ telephonenumber: ['2'] });
      await result('Set_User_Attrs', { attrs: { telephoneNumber: '1' } });
    });

    it('attack 42: tells no password among all attributes', async () => {
      const all = (await result('Get_User_Attrs')) as Record<string, string[]>;
      expect(all).toMatchObject({ mail: ['jane@example.test'], telephonenumber: ['1'] });
      expect(Object.keys(all).filter((name) => /userpassword|unicodepwd|pwdhistory/.test(name))).toEqual([]);
    });

    it('keeps certificates', async () => {
      const [first, second] = await Promise.all([makeCertificate('a'), makeCertificate('b')]);
      const add = { attrs: { userCertificate: [first.base64] } };
      expect(await result('Set_User_Attrs', add)).toBe(true);
      expect(await result('Set_User_Attrs', { attrs: { userCertificate: second.base64 }, values: true })).toBe(true);
      const list = async (): Promise<string[]> => ((await result('Get_User_Certificates')) as string[]).toSorted();
      expect(await list()).toEqual([first.pem, second.pem].toSorted());
      expect(await result('Remove_User_Certificate', { certificate: first.pem })).toBe(true);
      expect(await result('Remove_User_Certificate', { certificate: first.pem })).toBe(false);
      expect(await list()).toEqual([second.pem]);
      expect(await result('Remove_User_Certificate', { certificate: second.pem })).toBe(true);
    });

    it('searches below the base', async () => {
      const { base, dn } = place();
      const names = async (params: object): Promise<string[]> =>
        Object.keys((await result('Search_LDAP_Objects', { attrs: ['mail'], ...params })) as object).map((name) =>
          name.toLowerCase(),
        );
      expect(await names({ basedn: base, filter: '(mail=jane@example.test)' })).toEqual([dn.toLowerCase()]);
      expect(await names({ basedn: base, scope: 'base' })).toEqual([base.toLowerCase()]);
      for (const filter of ['(&', '(mail=*)(cn=*', 'mail=*)', '(userPassword=*)', '']) {
        expect([filter, await result('Search_LDAP_Objects', { basedn: base, filter })]).toEqual([filter, false]);
      }
      expect(await result('Search_LDAP_Objects', { basedn: `ou=nowhere,${base}` })).toMatchObject({
        data: `LDAP object 'ou=nowhere,${base}' does not exist`,
      });
    });

    it('checks and sets passwords', async () => {
      expect(await result('Check_User_Password', { password: PASSWORD })).toBe(true);
      expect(await result('Check_User_Password', { password: 'wrong' })).toBe(false);
      expect(await result('Set_User_Password', { password: 'x' })).toBe(false);
      expect(await result('Set_User_Password', { password: NEXT })).toBe(true);
      expect(await result('Check_User_Password', { password: NEXT })).toBe(true);
      expect(await result('Set_User_Password', { password: `${NEXT}!`, change: true })).toBe(true);
      expect(await world.check(place().domain, 'jane', `${NEXT}!`)).toBe('password-must-change');
      expect(await result('Check_User_Password', { password: `${NEXT}!` })).toBe(false);
    });

    it('switches a person off here and leaves the directory alone', async () => {
      const { domain, dn } = place();
      expect(await result('Deactivate_LDAP_Object')).toBe(true);
      expect(await result('Check_User_Active')).toBe(false);
      const inactive = {
        code: -32603,
        data: `Object '${(await world.person(domain, 'jane')).person.dn}' is not an activated user or group`,
      };
      expect(await result('Deactivate_LDAP_Object')).toMatchObject(inactive);
      expect(await result('Unlock_Application_Access', { application: 'selfreg', expires: 60 })).toMatchObject(
        inactive,
      );
      expect((await world.person(domain, 'jane')).person.disabled).toBe(false);
      expect(await result('Activate_LDAP_Object', { dn })).toBe(true);
      expect(await result('Activate_LDAP_Object', { dn })).toBe(false);
    });
  });

  it('Server_Status: a directory that is away', async () => {
    const servers = async (): Promise<unknown> =>
      (await world.desk.chief.call('Server_Status', { servers: true })).result;
    expect(await servers()).toMatchObject({ status: true, servers: { ldap: true } });
    await slapd.halt();
    world.app.clock.advance(3);
    expect(await servers()).toMatchObject({ status: false, servers: { ldap: false, sql: true } });
    await slapd.start();
    world.app.clock.advance(3);
  });
});
