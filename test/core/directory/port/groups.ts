import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/core/directory/directory.js';
import type { TheWorld } from './port-world.js';

export function describeGroups(world: TheWorld): void {
  describe('groups', () => {
    let gina: Person;
    let gus: Person;
    const groups = () => world().directory.groups;
    const namesOf = async (person: Person) => (await groups().of(person)).map(({ name }) => name);

    beforeAll(async () => {
      gina = await world().add({ login: 'gina' });
      gus = await world().add({ login: 'gus, (of) *' });
      await world().addGroup('Staff', [gina, gus]);
      await world().addGroup('Board, (inner) *', [gina]);
    });

    it('of a person are given by name', async () => {
      expect(await namesOf(gina)).toEqual(['Board, (inner) *', 'Staff']);
      expect(await namesOf(gus)).toEqual(['Staff']);
    });

    it('have a name, a distinguished name and a key', async () => {
      const [group] = await groups().of(gus);
      expect(group).toEqual({
        key: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
        dn: expect.stringMatching(/^cn=Staff,/i) as string,
        name: 'Staff',
        description: undefined,
      });
    });

    it('of somebody in none are none, and of nobody an error', async () => {
      const loner = await world().add({ login: 'loner' });
      expect(await groups().of(loner)).toEqual([]);
      await world().drop(loner);
      await expect(groups().of(loner)).rejects.toMatchObject({ code: 'account-not-found' });
    });

    it('are listed, and so are the people in them', async () => {
      const all = await groups().all();
      const staff = all.find(({ name }) => name === 'Staff');
      expect(all.map(({ name }) => name)).toContain('Board, (inner) *');
      expect((await groups().members(staff?.key ?? '')).toSorted()).toEqual([gina.key, gus.key].toSorted());
    });

    it.each(['', '*', 'Staff', '00000000-0000-0000-0000-000000000000'])(
      'attack 53: of the key %j hold nobody',
      async (key) => {
        expect(await groups().members(key)).toEqual([]);
      },
    );
  });
}
