import { beforeAll, describe, expect, it } from 'vitest';
import type { PeopleQuery } from '../../../../src/core/directory/capabilities/people-list.js';
import type { Person } from '../../../../src/core/directory/directory.js';
import type { TheWorld } from './port-world.js';

export function describeList(world: TheWorld): void {
  describe('people page by page', () => {
    const people: Person[] = [];
    const page = (query: Partial<PeopleQuery>) => world().directory.list.page({ offset: 0, limit: 100, ...query });
    const logins = async (query: Partial<PeopleQuery>) =>
      (await page({ where: { lastName: 'Listed' }, ...query })).people.map(({ login }) => login);

    beforeAll(async () => {
      for (const [login, firstName, mobile] of [
        ['list-c', 'Anna', '+3521'],
        ['list-a', 'Bert', undefined],
        ['list-b', 'anna', '+3523'],
        ['list-d', 'Carl', '+3522'],
      ] as const) {
        const more = mobile === undefined ? {} : { mobile };
        people.push(await world().add({ login, firstName, lastName: 'Listed', displayName: `List ${login}`, ...more }));
      }
      await world().addGroup('Listed', people.slice(0, 2));
    });

    it('come by login unless asked for otherwise', async () => {
      expect(await logins({})).toEqual(['list-a', 'list-b', 'list-c', 'list-d']);
    });

    it('come as they are', async () => {
      const { people: found, complete } = await page({ where: { login: 'LIST-C' } });
      expect(found).toEqual([people[0]]);
      expect(complete).toBe(true);
    });

    it('come in the order asked for, the login deciding between equals, and who has no such thing last', async () => {
      const by = (field: 'firstName' | 'mobile' | 'login', descending: boolean) =>
        logins({ order: [{ field, descending }] });
      expect(await by('firstName', false)).toEqual(['list-b', 'list-c', 'list-a', 'list-d']);
      expect(await by('firstName', true)).toEqual(['list-d', 'list-a', 'list-b', 'list-c']);
      expect(await by('mobile', true)).toEqual(['list-b', 'list-d', 'list-c', 'list-a']);
      expect(await by('mobile', false)).toEqual(['list-c', 'list-d', 'list-b', 'list-a']);
      expect(await by('login', true)).toEqual(['list-d', 'list-c', 'list-b', 'list-a']);
    });

    it('come in pages', async () => {
      expect(await logins({ offset: 1, limit: 2 })).toEqual(['list-b', 'list-c']);
      expect(await logins({ offset: 3, limit: 2 })).toEqual(['list-d']);
      expect(await logins({ offset: 9 })).toEqual([]);
    });

    it('are picked by what is said of them, compared without regard to case', async () => {
      expect(await logins({ where: { firstName: 'ANNA', lastName: 'listed' } })).toEqual(['list-b', 'list-c']);
      expect(await logins({ where: { displayName: 'list LIST-a' } })).toEqual(['list-a']);
    });

    it('are picked by their group', async () => {
      const group = (await world().directory.groups.all()).find(({ name }) => name === 'Listed');
      expect(await logins({ group: group?.key ?? '' })).toEqual(['list-a', 'list-c']);
      expect(await logins({ group: 'Listed' })).toEqual([]);
    });

    it('are picked by whether they are switched off', async () => {
      const off = await world().add({ login: 'list-off', lastName: 'Listed' });
      await world().directory.registry.setDisabled(off, true);
      expect(await logins({ disabled: true })).toEqual(['list-off']);
      expect(await logins({ disabled: false })).toEqual(['list-a', 'list-b', 'list-c', 'list-d']);
      await world().drop(off);
    });

    it.each(['*', 'List*', '%', '', 'Listed)(uid=*', 'Lis\0ted', '\ud800'])(
      'attack 53: are nobody for %j',
      async (lastName) => {
        expect(await logins({ where: { lastName } })).toEqual([]);
      },
    );
  });
}
