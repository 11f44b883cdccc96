import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { OpenLdapDirectory } from '../../../src/core/directory/openldap/openldap-directory.js';
import { describeWith } from '../../support/describe-with.js';
import { openLdapOf, personOf } from '../../support/ldap-directories.js';
import { ldifAdd } from '../../support/ldif.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import { describeBrokenRegistrations } from './ldap/broken-registrations.js';

const GROUPS = 'ou=groups,dc=example,dc=test';
const NEWCOMER = { login: 'newcomer', displayName: 'New Comer', password: plainSecret('Newcomers-password-1') };

describeWith('openldap', 'what is special to OpenLDAP', () => {
  let slapd: Slapd;
  let directory: OpenLdapDirectory;

  beforeAll(async () => {
    slapd = await startSlapd({ serviceAccess: 'write', keepsPeople: true, memberOf: true, sizeLimit: 700 });
    directory = openLdapOf(slapd);
  });

  afterAll(async () => {
    await directory.close();
    await slapd.stop();
  });

  describe('groups', () => {
    it('are of every kind', async () => {
      const dn = await slapd.addPerson({ uid: 'gina' });
      const groups: [string, Record<string, string>][] = [
        ['names', { objectClass: 'groupOfNames', member: dn, description: 'by name' }],
        ['unique', { objectClass: 'groupOfUniqueNames', uniqueMember: dn }],
        ['posix', { objectClass: 'posixGroup', gidNumber: '1000', memberUid: 'gina' }],
        ['others', { objectClass: 'groupOfNames', member: slapd.bindDn }],
        ['no group', { objectClass: 'organizationalRole', roleOccupant: dn }],
      ];
      for (const [cn, attributes] of groups) await slapd.modify(ldifAdd(`cn=${cn},${GROUPS}`, { cn, ...attributes }));
      const gina = await personOf(directory, 'gina');
      expect((await directory.groups.of(gina)).map(({ name }) => name)).toEqual(['names', 'posix', 'unique']);
      expect((await directory.groups.of(gina))[0]).toMatchObject({ description: 'by name', dn: `cn=names,${GROUPS}` });
      for (const group of await directory.groups.of(gina)) {
        expect(await directory.groups.members(group.key)).toEqual([gina.key]);
      }
      const others = (await directory.groups.all()).find(({ name }) => name === 'others');
      expect(await directory.groups.members(others?.key ?? '')).toEqual([]);
    });

    it('are searched where the configuration says, and known from memberOf besides', async () => {
      const narrow = openLdapOf(slapd, { groupBaseDn: slapd.baseDn });
      expect(await narrow.groups.all()).toEqual([]);
      const known = await narrow.groups.of(await personOf(narrow, 'gina'));
      expect(known.map(({ dn }) => dn)).toEqual([`cn=names,${GROUPS}`]);
      await narrow.close();
    });
  });

  describe('the registry', () => {
    const everything = () => openLdapOf(slapd, { userFilter: '(objectClass=*)' });

    async function expectNobody(): Promise<void> {
      const all = everything();
      expect(await all.findByLogin('newcomer')).toBeUndefined();
      await all.close();
    }

    it('attack 54: leaves nobody behind whose password the directory refuses', async () => {
      for (const [password, code] of [
        ['short', 'password-too-short'],
        ['', 'password-refused'],
        ['   ', 'password-refused'],
      ] as const) {
        const creation = directory.registry.create({ ...NEWCOMER, password: plainSecret(password) });
        await expect(creation).rejects.toMatchObject({ code });
        await expectNobody();
      }
    });

    it('attack 54: leaves nobody behind who would not be found', async () => {
      const strict = openLdapOf(slapd, { userFilter: '(employeeType=staff)' });
      await expect(strict.registry.create(NEWCOMER)).rejects.toMatchObject({ code: 'directory-misconfigured' });
      await strict.close();
      await expectNobody();
    });

    it('makes people as the configuration says', async () => {
      const staff = openLdapOf(slapd, {
        userFilter: '(employeeType=staff)',
        registration: { attributes: { uid: '{login}', cn: '{displayName}', sn: '{lastName}', employeeType: 'staff' } },
      });
      const { person, undo } = await staff.registry.create(NEWCOMER);
      expect(person.dn).toBe(`uid=newcomer,${slapd.baseDn}`);
      expect(await staff.verifyPassword(person, NEWCOMER.password)).toEqual({ ok: true });
      const cause = new Error('later');
      await expect(undo(cause)).rejects.toBe(cause);
      await staff.close();
      await expectNobody();
    });

    it('says what is wrong with templates that the directory does not take', async () => {
      const lost = openLdapOf(slapd, { registration: { dn: 'uid={login},ou=nowhere,{baseDn}' } });
      await expect(lost.registry.create(NEWCOMER)).rejects.toMatchObject({ code: 'directory-misconfigured' });
      await lost.close();
      const odd = openLdapOf(slapd, { registration: { attributes: { nothingOfTheKind: 'x' } } });
      await expect(odd.registry.create(NEWCOMER)).rejects.toMatchObject({ code: 'attribute-not-valid' });
      await odd.close();
      await expectNobody();
    });

    it('takes a login for taken that somebody has under another attribute, and two have', async () => {
      await slapd.addPerson({ uid: 'x1', cn: 'newcomer' });
      await expect(directory.registry.create(NEWCOMER)).rejects.toMatchObject({ code: 'login-taken' });
      await slapd.addPerson({ uid: 'x2', cn: 'newcomer' });
      await expect(directory.registry.create(NEWCOMER)).rejects.toMatchObject({ code: 'login-taken' });
      for (const uid of ['x1', 'x2']) await slapd.modify(`dn: uid=${uid},${slapd.baseDn}\nchangetype: delete\n`);
    });

    it('makes one person when sixteen servers of ours want the same login at once', async () => {
      const servers = Array.from({ length: 16 }, () => openLdapOf(slapd));
      const creations = await Promise.allSettled(servers.map((server) => server.registry.create(NEWCOMER)));
      expect(creations.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await Promise.all(servers.map((server) => server.close()));
      const person = await personOf(directory, 'newcomer');
      expect(await directory.verifyPassword(person, NEWCOMER.password)).toEqual({ ok: true });
      await directory.registry.remove(person);
    });

    describeBrokenRegistrations(() => directory);

    it.each(['uid', 'CN', 'uid;lang-en'])(
      'attack 65: no attribute with a login is changed by its name: %s',
      async (name) => {
        const { person } = await directory.registry.create(NEWCOMER);
        for (const operation of ['add', 'replace'] as const) {
          const change = directory.attributes.change(person, [{ operation, name, values: ['chief'] }]);
          await expect(change).rejects.toMatchObject({ code: 'attribute-not-valid', params: { attribute: name } });
        }
        expect(await directory.findByLogin('chief')).toBeUndefined();
        await directory.registry.remove(person);
      },
    );

    it('does not change a login, and lets nobody be without what the directory demands', async () => {
      const { person } = await directory.registry.create(NEWCOMER);
      await expect(directory.registry.change(person, { login: 'other' })).rejects.toMatchObject({
        code: 'attribute-not-valid',
        params: { attribute: 'login' },
      });
      await expect(directory.registry.change(person, { lastName: null })).rejects.toMatchObject({
        code: 'attribute-not-valid',
        params: { attribute: 'sn' },
      });
      await directory.registry.remove(person);
    });
  });

  describe('with many people', () => {
    beforeAll(async () => {
      const records = Array.from({ length: 601 }, (_, index) => {
        const uid = `many${String(index).padStart(3, '0')}`;
        return ldifAdd(`uid=${uid},${slapd.baseDn}`, { objectClass: 'inetOrgPerson', uid, cn: uid, sn: 'Many' });
      });
      await slapd.modify(records.join('\n'));
    });

    it('a search goes on from page to page', async () => {
      const found = await directory.search.find({ filter: '(sn=many)', attributes: ['uid'] });
      expect(found.complete).toBe(true);
      expect(new Set(found.objects.map(({ dn }) => dn)).size).toBe(601);
      expect((await directory.search.find({ filter: '(sn=many)', limit: 600 })).complete).toBe(false);
    });

    it('a list is put in order over all pages', async () => {
      const { people, complete } = await directory.list.page({ where: { lastName: 'Many' }, offset: 599, limit: 5 });
      expect([people.map(({ login }) => login), complete]).toEqual([['many599', 'many600'], true]);
    });

    it('a search that the server cuts short says so', async () => {
      const more = Array.from({ length: 150 }, (_, index) => {
        const uid = `more${index}`;
        return ldifAdd(`uid=${uid},${slapd.baseDn}`, { objectClass: 'inetOrgPerson', uid, cn: uid, sn: 'Many' });
      });
      await slapd.modify(more.join('\n'));
      const found = await directory.search.find({ filter: '(sn=many)', attributes: ['uid'] });
      expect(found.complete).toBe(false);
      expect(found.objects.length).toBeGreaterThan(0);
    });
  });
});

describeWith('openldap', 'an OpenLDAP whose service account may not set passwords', () => {
  let slapd: Slapd;
  let directory: OpenLdapDirectory;

  beforeAll(async () => {
    slapd = await startSlapd({ serviceAccess: 'read', keepsPeople: true });
    directory = openLdapOf(slapd);
  });

  afterAll(async () => {
    await directory.close();
    await slapd.stop();
  });

  it('attack 54: keeps nobody who was made halfway', async () => {
    await expect(directory.registry.create(NEWCOMER)).rejects.toMatchObject({ code: 'directory-rights-missing' });
    expect(await directory.findByLogin('newcomer')).toBeUndefined();
  });

  it('attack 54: changes no attribute and switches nobody off without the right to', async () => {
    await slapd.addPerson({ uid: 'jane', attributes: { title: 'before' } });
    const jane = await personOf(directory, 'jane');
    await expect(directory.registry.setDisabled(jane, true)).rejects.toMatchObject({
      code: 'directory-rights-missing',
    });
    expect(await directory.findByKey(jane.key)).toEqual(jane);
  });
});
