import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/core/directory/directory.js';
import type { ObjectQuery } from '../../../../src/core/directory/capabilities/object-search.js';
import type { TheWorld } from './port-world.js';

export function describeSearch(world: TheWorld): void {
  describe('free search', () => {
    let sam: Person;
    let odd: Person;
    const find = (query: ObjectQuery) => world().directory.search.find(query);
    const dns = async (query: ObjectQuery) => (await find(query)).objects.map(({ dn }) => dn).toSorted();

    beforeAll(async () => {
      sam = await world().add({
        login: 'sam',
        displayName: 'Sam Searched',
        lastName: 'Searched',
        mobile: '+352 26-73',
      });
      odd = await world().add({ login: 'odd', displayName: 'Odd (*) \\ Searched', lastName: 'Searched' });
      await world().add({ login: 'sid', displayName: 'Sid Other', lastName: 'Other' });
    });

    it('finds what the filter fits, by its distinguished name', async () => {
      expect(await dns({ filter: '(sn=searched)' })).toEqual([sam.dn, odd.dn].toSorted());
      expect(await dns({ filter: '(&(sn=Sear*)(!(displayName=*\\28*\\29*)))' })).toEqual([sam.dn]);
      expect(await dns({ filter: '(|(displayName=odd \\28\\2a\\29 \\5c searched)(displayName=nobody))' })).toEqual([
        odd.dn,
      ]);
      expect(await dns({ filter: '(&(sn=searched)(mobile=*))' })).toEqual([sam.dn]);
    });

    it('attack 53: takes wildcards that are escaped for themselves', async () => {
      expect(await dns({ filter: '(sn=\\2a)' })).toEqual([]);
      expect(await dns({ filter: '(sn=%)' })).toEqual([]);
    });

    it('gives the attributes asked for and never passwords', async () => {
      const { objects } = await find({ filter: '(displayName=sam searched)', attributes: ['SN', 'userPassword', '*'] });
      expect(objects).toEqual([{ dn: sam.dn, attributes: { sn: ['Searched'] } }]);
      const [everything] = (await find({ filter: '(displayName=sam searched)' })).objects;
      expect(everything?.attributes).toMatchObject({ sn: ['Searched'] });
      expect(Object.keys(everything?.attributes ?? {}).join()).not.toMatch(/userPassword|unicodePwd/i);
    });

    it('looks at the base, one level below, or everything', async () => {
      const { baseDn } = world();
      expect(await dns({ baseDn: sam.dn, scope: 'base' })).toEqual([sam.dn]);
      expect(await dns({ baseDn: sam.dn, scope: 'one' })).toEqual([]);
      expect(await dns({ baseDn: sam.dn })).toEqual([sam.dn]);
      expect(await dns({ baseDn, scope: 'base', filter: '(sn=searched)' })).toEqual([]);
      expect(await dns({ baseDn, scope: 'one', filter: '(sn=searched)' })).toHaveLength(2);
      expect(await dns({ baseDn: baseDn.toUpperCase(), scope: 'base' })).toHaveLength(1);
    });

    it('says when there are more', async () => {
      const first = await find({ filter: '(sn=searched)', limit: 1 });
      expect(first).toMatchObject({ complete: false, objects: [{ attributes: { sn: ['Searched'] } }] });
      expect((await find({ filter: '(sn=searched)', limit: 2 })).complete).toBe(true);
    });

    it('attack 49: leads nowhere outside of the domain', async () => {
      const { baseDn } = world();
      const parent = baseDn.slice(baseDn.indexOf(',') + 1);
      for (const base of ['', 'x', ',', parent, `cn=nobody,${baseDn}`, `${baseDn},`, `${baseDn},dc=elsewhere`]) {
        if (base === baseDn) continue;
        await expect(find({ baseDn: base })).rejects.toMatchObject({ code: 'account-not-found', params: { dn: base } });
      }
      for (const trick of ['\\2c', '+cn=x', '\\', '\0']) {
        await expect(find({ baseDn: `cn=sam${trick}${baseDn}` })).rejects.toMatchObject({ code: 'account-not-found' });
      }
    });

    it.each([
      '',
      '(',
      'sn=searched',
      '(sn=searched)(sn=*)',
      '(sn=a(b)',
      '(userPassword=*)',
      '(!(userPassword={SSHA}a*))',
      '(2.5.4.35=*)',
      '(unicodePwd>=a)',
    ])('attack 49: takes no filter like %j', async (filter) => {
      await expect(find({ filter })).rejects.toMatchObject({ code: 'filter-not-valid' });
    });
  });
}
