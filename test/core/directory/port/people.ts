import { beforeAll, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import type { Person } from '../../../../src/core/directory/directory.js';
import type { TheWorld } from './port-world.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export function describePeople(world: TheWorld): void {
  describe('a person', () => {
    let paula: Person;
    const directory = () => world().directory;

    beforeAll(async () => {
      paula = await world().add({
        login: 'paula',
        displayName: 'Paula Person',
        firstName: 'Paula',
        lastName: 'Person',
        mail: 'paula@example.test',
        mobile: '+35226000011',
      });
    });

    it('is what the directory says of them', () => {
      expect(paula).toMatchObject({
        key: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
        login: 'paula',
        displayName: 'Paula Person',
        firstName: 'Paula',
        lastName: 'Person',
        mail: 'paula@example.test',
        mobile: '+35226000011',
        disabled: false,
        locked: false,
        expired: false,
        mustChangePassword: false,
        mayChangePassword: true,
      });
    });

    it('attack 28: has the same key under every spelling of the login', async () => {
      for (const login of ['PAULA', 'Paula', 'pAuLa']) {
        expect((await directory().findByLogin(login))?.key).toBe(paula.key);
      }
    });

    it('is found by key and by name', async () => {
      expect(await directory().findByKey(paula.key)).toEqual(paula);
      expect(await directory().findByDn(paula.dn)).toEqual(paula);
      expect(await directory().findByDn(paula.dn.toUpperCase())).toEqual(paula);
    });

    it.each(['', '*', 'paula', NOBODY, `${NOBODY.slice(0, -1)}g`, '\0', '\ud800'])(
      'is nobody by the key %j',
      async (key) => {
        expect(await directory().findByKey(key)).toBeUndefined();
      },
    );

    it('is nobody by the name of nobody', async () => {
      const { baseDn } = world();
      const names = ['', 'paula', ',,,', `cn=nobody,${baseDn}`, `cn=*,${baseDn}`, baseDn, `cn=pa\0ula,${baseDn}`];
      const found = await Promise.all(names.map((dn) => directory().findByDn(dn)));
      expect(found).toEqual(names.map(() => undefined));
    });

    it.each([
      'pa*',
      '*',
      'paula)(cn=*',
      'paula)(|(cn=*',
      '\\70aula',
      'pa\0ula',
      'paula\ud800',
      '(',
      '&',
      ' ',
      '',
      'p%',
    ])('attack 49, 53: is nobody by the login %j', async (login) => {
      expect(await directory().findByLogin(login)).toBeUndefined();
    });

    it('attack 49: may have a name full of special characters', async () => {
      for (const login of ['a,b', 'c\\', '#41', 'q"u+o;t<e>', 'ö=é', '*(|)', 'x\\,dc=example']) {
        const person = await world().add({ login, password: 'Sonder-zeichen-1' });
        expect((await directory().findByLogin(login))?.key).toBe(person.key);
        expect(await directory().findByDn(person.dn)).toEqual(person);
        expect(await directory().verifyPassword(person, plainSecret('Sonder-zeichen-1'))).toEqual({ ok: true });
        await world().transaction(await directory().setPassword(person, plainSecret('Sonder-zeichen-2')));
        expect(await directory().verifyPassword(person, plainSecret('Sonder-zeichen-2'))).toEqual({ ok: true });
        await world().drop(person);
      }
    });

    it('attack 19: is not who was made again under the same name', async () => {
      const former = await world().add({ login: 'phoenix' });
      await world().drop(former);
      const latter = await world().add({ login: 'phoenix' });
      expect(latter.key).not.toBe(former.key);
      expect(await directory().findByKey(former.key)).toBeUndefined();
      const password = plainSecret('Phoenix-password-3');
      const change = async () => world().transaction(await directory().setPassword(former, password));
      await expect(change()).rejects.toMatchObject({ code: 'account-not-found' });
      expect(await directory().verifyPassword(latter, password)).toMatchObject({ ok: false });
    });
  });
}
