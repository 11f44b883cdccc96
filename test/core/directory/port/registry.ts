import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import type { NewPerson } from '../../../../src/core/directory/capabilities/person-registry.js';
import type { Person } from '../../../../src/core/directory/directory.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import type { TheWorld } from './port-world.js';

const PASSWORD = plainSecret('Newcomers-password-1');

export function describeRegistry(world: TheWorld): void {
  describe('the registry', () => {
    const registry = () => world().directory.registry;
    const check = (person: Person | undefined, password: string) =>
      world().directory.verifyPassword(person, plainSecret(password));

    async function create(person: NewPerson): Promise<Person> {
      const made = await registry().create(person);
      await world().transaction(made.write).catch(made.undo);
      return made.person;
    }

    it('makes a person with all that is known of them', async () => {
      const made = await create({
        login: 'reg-ada',
        displayName: 'Ada Registered',
        firstName: 'Ada',
        lastName: 'Registered',
        mail: 'reg-ada@example.test',
        mobile: '+35226000081',
        language: 'fr',
        password: PASSWORD,
      });
      const found = await world().directory.findByLogin('reg-ada');
      expect(found).toMatchObject({
        key: made.key,
        dn: made.dn,
        login: 'reg-ada',
        displayName: 'Ada Registered',
        firstName: 'Ada',
        lastName: 'Registered',
        mail: 'reg-ada@example.test',
        mobile: '+35226000081',
        language: 'fr',
        disabled: false,
        locked: false,
        mustChangePassword: false,
      });
      expect(await check(found, PASSWORD)).toEqual({ ok: true });
      expect(await check(found, 'Another-password-1')).toEqual({ ok: false, code: 'credentials-invalid' });
      await registry().remove(made);
    });

    it('makes a person of whom little is known, and without a password none is right', async () => {
      const made = await create({ login: 'reg-bare', displayName: 'Bare' });
      const found = await world().directory.findByLogin('reg-bare');
      expect(found).toMatchObject({ key: made.key, displayName: 'Bare', mail: undefined, disabled: false });
      for (const password of ['', ' ', 'x', 'Bare']) {
        expect(await check(found, password)).toEqual({ ok: false, code: 'credentials-invalid' });
      }
      if (found) await world().transaction(await world().directory.setPassword(found, PASSWORD));
      expect(await check(found, PASSWORD)).toEqual({ ok: true });
      await registry().remove(made);
    });

    it('attack 49: makes people with names full of special characters', async () => {
      for (const login of ['reg-~!.x_y', 'reg#41', 'reg-é ö']) {
        const displayName = 'a, b+c="\\<;>#é (*)';
        const made = await create({ login, displayName, password: PASSWORD });
        const found = await world().directory.findByLogin(login);
        expect(found).toMatchObject({ key: made.key, login, displayName });
        expect(await world().directory.findByDn(made.dn)).toEqual(found);
        expect(await check(found, PASSWORD)).toEqual({ ok: true });
        await registry().remove(made);
        expect(await world().directory.findByLogin(login)).toBeUndefined();
      }
    });

    it('refuses a login that is taken, in whatever spelling', async () => {
      const made = await create({ login: 'reg-taken', displayName: 'First', password: PASSWORD });
      for (const login of ['reg-taken', 'REG-Taken', ' reg-taken ']) {
        await expect(create({ login, displayName: 'Second', password: PASSWORD })).rejects.toMatchObject({
          code: 'login-taken',
        });
      }
      expect(await world().directory.findByLogin('reg-taken')).toMatchObject({ displayName: 'First' });
      await registry().remove(made);
    });

    it('makes one person when sixteen want the same login at once', async () => {
      const attempts = Array.from({ length: 16 }, (_, index) =>
        create({
          login: 'reg-race',
          displayName: `Racer ${index}`,
          mail: `racer${index}@example.test`,
          password: plainSecret(`Racers-password-${index}`),
        }),
      );
      const settled = await Promise.allSettled(attempts);
      const won = settled.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
      expect(won).toHaveLength(1);
      const refusals = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(refusals).toMatchObject(Array.from({ length: 15 }, () => ({ code: 'login-taken' })));
      const found = await world().directory.findByLogin('reg-race');
      expect(found).toMatchObject({ displayName: `Racer ${won[0] ?? ''}`, disabled: false });
      expect(await check(found, `Racers-password-${won[0] ?? ''}`)).toEqual({ ok: true });
      if (found) await registry().remove(found);
    });

    it('attack 54: leaves nobody behind when the work it belongs to fails', async () => {
      const made = await registry().create({ login: 'reg-undone', displayName: 'Undone', password: PASSWORD });
      const cause = new DomainError('request-not-valid');
      const failing = world()
        .transaction(async (tx) => {
          await made.write(tx);
          throw cause;
        })
        .catch(made.undo);
      await expect(failing).rejects.toBe(cause);
      expect(await world().directory.findByLogin('reg-undone')).toBeUndefined();
      await registry().remove(await create({ login: 'reg-undone', displayName: 'Again', password: PASSWORD }));
    });

    it.each(['', ' ', 'a\0b', 'a\ud800', 'x'.repeat(5_000)])(
      'attack 63: makes nobody with a login that cannot be: %j',
      async (login) => {
        await expect(create({ login, displayName: 'Nobody', password: PASSWORD })).rejects.toMatchObject({
          code: 'attribute-not-valid',
        });
      },
    );

    it('changes what is said of a person, and takes away what is null', async () => {
      const made = await create({
        login: 'reg-change',
        displayName: 'Before',
        firstName: 'Be',
        mail: 'before@example.test',
        mobile: '+3521',
        password: PASSWORD,
      });
      const changed = await registry().change(made, { displayName: 'After', mail: 'after@example.test', mobile: null });
      expect(changed).toMatchObject({
        key: made.key,
        displayName: 'After',
        firstName: 'Be',
        mail: 'after@example.test',
        mobile: undefined,
      });
      expect(await world().directory.findByKey(made.key)).toEqual(changed);
      expect(await check(changed, PASSWORD)).toEqual({ ok: true });
      await registry().remove(made);
      await expect(registry().change(made, { displayName: 'Gone' })).rejects.toMatchObject({
        code: 'account-not-found',
      });
    });

    it('switches a person off and on', async () => {
      const made = await create({ login: 'reg-switch', displayName: 'Switch', password: PASSWORD });
      await registry().setDisabled(made, true);
      await registry().setDisabled(made, true);
      expect(await world().directory.findByKey(made.key)).toMatchObject({ disabled: true });
      expect(await check(made, PASSWORD)).toMatchObject({ ok: false });
      await registry().setDisabled(made, false);
      expect(await world().directory.findByKey(made.key)).toMatchObject({ disabled: false, locked: false });
      expect(await check(made, PASSWORD)).toEqual({ ok: true });
      await registry().remove(made);
      await expect(registry().setDisabled(made, true)).rejects.toMatchObject({ code: 'account-not-found' });
    });

    it('makes a person who is switched off from the start', async () => {
      const made = await create({ login: 'reg-off', displayName: 'Off', password: PASSWORD, disabled: true });
      expect(await world().directory.findByKey(made.key)).toMatchObject({ disabled: true });
      expect(await check(made, PASSWORD)).toMatchObject({ ok: false });
      await registry().remove(made);
    });

    it('removes a person, and does not mind who is gone', async () => {
      const made = await create({ login: 'reg-remove', displayName: 'Remove', password: PASSWORD });
      await world().addGroup('Removed', [made]);
      await registry().remove(made);
      await registry().remove(made);
      expect(await world().directory.findByKey(made.key)).toBeUndefined();
      const group = (await world().directory.groups.all()).find(({ name }) => name === 'Removed');
      expect(await world().directory.groups.members(group?.key ?? '')).toEqual([]);
    });

    it('attack 19: removes nobody who has only the name of a person removed before', async () => {
      const former = await create({ login: 'reg-former', displayName: 'Former', password: PASSWORD });
      await registry().remove(former);
      const latter = await create({ login: 'reg-former', displayName: 'Latter', password: PASSWORD });
      await registry().remove(former);
      expect(await world().directory.findByLogin('reg-former')).toMatchObject({ key: latter.key });
      await registry().remove(latter);
    });
  });
}
