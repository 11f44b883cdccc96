import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewPerson } from '../../../../src/core/directory/capabilities/person-registry.js';
import type { Person } from '../../../../src/core/directory/directory.js';
import { builtinWorld } from '../../../support/directory-worlds.js';
import { type Services, startServices } from '../../../support/services.js';
import { eachDatabase } from '../../../support/test-database.js';
import { describeDirectoryPort } from '../port/index.js';
import type { PortWorld } from '../port/port-world.js';

describe('the built-in directory as a directory', () => {
  eachDatabase((database) => {
    let services: Services;
    let world: PortWorld;

    beforeAll(async () => {
      services = await startServices(database());
      world = await builtinWorld(services, await services.domain({ name: 'ACME' }));
    });

    afterAll(async () => {
      await services.close();
    });

    describeDirectoryPort(() => world);

    describe('and what is special to it', () => {
      const registered = async (login: string, more: Partial<NewPerson> = {}): Promise<Person> => {
        const made = await world.directory.registry.create({ login, displayName: login, ...more });
        await world.transaction(made.write);
        return made.person;
      };

      it('shows nothing of another domain', async () => {
        const other = await builtinWorld(services, await services.domain({ name: 'OTHER' }));
        const eve = await other.add({ login: 'eve', lastName: 'Elsewhere', mail: 'eve@example.test' });
        await other.addGroup('Elsewhere', [eve]);
        const { attributes, groups, list, registry, search } = world.directory;
        const theirs = (await other.directory.groups.all())[0]?.key ?? '';
        const gone = { code: 'account-not-found' };

        expect((await search.find({ filter: '(sn=elsewhere)' })).objects).toEqual([]);
        await expect(search.find({ baseDn: eve.dn })).rejects.toMatchObject(gone);
        expect(await world.directory.findByMail('eve@example.test')).toBeUndefined();
        expect((await list.page({ where: { lastName: 'Elsewhere' }, offset: 0, limit: 9 })).people).toEqual([]);
        expect((await list.page({ group: theirs, offset: 0, limit: 9 })).people).toEqual([]);
        expect(await groups.members(theirs)).toEqual([]);
        await expect(groups.of(eve)).rejects.toMatchObject(gone);
        await expect(attributes.read(eve)).rejects.toMatchObject(gone);
        await expect(registry.profile(eve)).rejects.toMatchObject(gone);
        await expect(registry.change(eve, { displayName: 'x' })).rejects.toMatchObject(gone);
        await expect(registry.setDisabled(eve, true)).rejects.toMatchObject(gone);
        await registry.remove(eve);
        await groups.keeping?.remove(theirs);
        const own = await registered('own');
        await expect(groups.keeping?.assign(own, [theirs])).rejects.toMatchObject({ code: 'group-not-found' });
        expect(await other.directory.findByKey(eve.key)).toEqual(eve);
        expect((await other.directory.groups.of(eve)).map(({ name }) => name)).toEqual(['Elsewhere']);
      });

      it('writes a person in the transaction of the caller, and not before', async () => {
        const made = await world.directory.registry.create({ login: 'later', displayName: 'Later' });
        expect(await world.directory.findByLogin('later')).toBeUndefined();
        await world.transaction(made.write);
        expect(await world.directory.findByLogin('later')).toEqual(made.person);
      });

      it('tells who was slower only when it writes', async () => {
        const { registry } = world.directory;
        const both = await Promise.all(['slow', 'SLOW'].map((login) => registry.create({ login, displayName: login })));
        await world.transaction(both[0]?.write ?? (() => Promise.reject(new Error('nobody'))));
        const second = world.transaction(both[1]?.write ?? (() => Promise.resolve()));
        await expect(second).rejects.toMatchObject({ code: 'login-taken' });
        expect(await world.directory.findByLogin('slow')).toMatchObject({ displayName: 'slow' });
      });

      it('keeps the profile that surfaces give a person', async () => {
        const { registry } = world.directory;
        const profile = { roles: ['user'], self_registered: true };
        const person = await registered('profiled', { profile });
        expect(await registry.profile(person)).toEqual(profile);
        await registry.change(person, { profile: { roles: [] } });
        expect(await registry.profile(person)).toEqual({ roles: [] });
        expect(await world.directory.attributes.read(person, ['roles', 'self_registered'])).toEqual({});
      });

      it('renames a person who keeps the key, but not to the name of another', async () => {
        const { registry } = world.directory;
        const person = await registered('renamed');
        await registered('occupied');
        await expect(registry.change(person, { login: 'Occupied' })).rejects.toMatchObject({ code: 'login-taken' });
        expect(await registry.change(person, { login: 'Renamed Twice' })).toMatchObject({
          key: person.key,
          login: 'Renamed Twice',
        });
        expect((await world.directory.findByLogin('renamed twice'))?.key).toBe(person.key);
        expect(await world.directory.findByLogin('renamed')).toBeUndefined();
      });

      it('makes a group once, however many ask, and puts people into exactly those named', async () => {
        const { groups } = world.directory;
        const ensure = async (name: string) => groups.keeping?.ensure(name);
        const made = await Promise.all(Array.from({ length: 16 }, (_, i) => ensure(i % 2 === 0 ? 'Team' : 'TEAM ')));
        expect(new Set(made.map((group) => group?.key)).size).toBe(1);
        const person = await registered('member');
        const crew = await groups.keeping?.ensure('Crew', 'those on board');
        await groups.keeping?.assign(person, [made[0]?.key ?? '', crew?.key ?? '']);
        await groups.keeping?.assign(person, [crew?.key ?? '']);
        expect(await groups.of(person)).toEqual([crew]);
        const nowhere = groups.keeping?.assign(person, [crew?.key ?? '', '00000000-0000-0000-0000-000000000000']);
        await expect(nowhere).rejects.toMatchObject({ code: 'group-not-found' });
        expect(await groups.of(person)).toEqual([crew]);
        await groups.keeping?.remove(crew?.key ?? '');
        expect(await groups.of(person)).toEqual([]);
      });

      it('loses none of sixteen changes at once', async () => {
        const person = await registered('busy');
        const values = Array.from({ length: 16 }, (_, index) => `value ${index}`);
        const { attributes } = world.directory;
        await Promise.all(
          values.map((value) =>
            attributes.change(person, [{ operation: 'add', name: 'description', values: [value] }]),
          ),
        );
        const { description } = await attributes.read(person, ['description']);
        expect(description?.toSorted()).toEqual(values.toSorted());
      });
    });
  });
});
