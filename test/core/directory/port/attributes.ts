import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/core/directory/directory.js';
import { refusal, type TheWorld } from './port-world.js';

/** No UTF-8, and not even text. */
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]).toString('base64');

export function describeAttributes(world: TheWorld): void {
  describe('attributes', () => {
    let ada: Person;
    const attributes = () => world().directory.attributes;
    const read = (...names: string[]) => attributes().read(ada, names);

    beforeAll(async () => {
      ada = await world().add({
        login: 'ada',
        displayName: 'Ada Attributed',
        firstName: 'Ada',
        lastName: 'Attributed',
        mail: 'ada@example.test',
        mobile: '+35226000071',
        password: 'Adas-password-1',
      });
    });

    it('are read by their names, without regard to case, and spelled as the directory does', async () => {
      expect(await read('MAIL', 'givenname', 'sn')).toEqual({
        mail: ['ada@example.test'],
        givenName: ['Ada'],
        sn: ['Attributed'],
      });
    });

    it('leave out what is unknown or has no values', async () => {
      expect(await read('pager', 'nothingOfTheKind', 'mail')).toEqual({ mail: ['ada@example.test'] });
      expect(await read()).toEqual({});
    });

    it('are all read when none are named', async () => {
      const all = await attributes().read(ada);
      expect(all).toMatchObject({ mail: ['ada@example.test'], sn: ['Attributed'], mobile: ['+35226000071'] });
      expect(all).toHaveProperty('objectClass');
    });

    it('are never passwords, whatever the service account may see, by name, number or option', async () => {
      const all = await attributes().read(ada);
      expect(Object.keys(all).filter((name) => /userPassword|unicodePwd|history|hash/i.test(name))).toEqual([]);
      const names = ['userPassword', 'USERPASSWORD', 'userPassword;lang-de', 'unicodePwd', 'pwdHistory', '2.5.4.35'];
      expect(await read(...names, '*', '+')).toEqual({});
      expect(JSON.stringify(all)).not.toContain('Adas-password-1');
    });

    it('attack 49: are not taken for anything but names', async () => {
      expect(await read('mail)(uid=*', 'mail,', 'ma\0il', '\ud800', '', 'mail;range=0-*')).toEqual({});
    });

    it('are replaced, added to and removed, several at once', async () => {
      await attributes().change(ada, [
        { operation: 'replace', name: 'title', values: ['Countess'] },
        { operation: 'add', name: 'carLicense', values: ['A 1', 'B 2'] },
        { operation: 'replace', name: 'mobile', values: ['+35226000072'] },
      ]);
      expect(await read('title', 'mobile')).toEqual({ title: ['Countess'], mobile: ['+35226000072'] });
      await attributes().change(ada, [
        { operation: 'remove', name: 'carLicense', values: ['A 1'] },
        { operation: 'remove', name: 'title', values: [] },
      ]);
      expect(await read('title', 'carLicense')).toEqual({ carLicense: ['B 2'] });
      expect(await world().directory.findByLogin('ada')).toMatchObject({ mobile: '+35226000072' });
    });

    it('may be given what they have and be rid of what they have not', async () => {
      const change = (operation: 'add' | 'remove', name: string, values: string[]) =>
        attributes().change(ada, [{ operation, name, values }]);
      await change('add', 'departmentNumber', ['7']);
      await change('add', 'departmentNumber', ['7', '8']);
      await change('remove', 'departmentNumber', ['9']);
      await change('remove', 'telephoneNumber', []);
      expect((await read('departmentNumber'))['departmentNumber']?.toSorted()).toEqual(['7', '8']);
    });

    it('carry any text as it is', async () => {
      for (const text of ['Zoë (*) \\2a, "x"', '#1 <>;+=', 'Ščř パスワード']) {
        await attributes().change(ada, [{ operation: 'replace', name: 'title', values: [text] }]);
        expect(await read('title')).toEqual({ title: [text] });
      }
    });

    it('carry bytes as base64', async () => {
      await attributes().change(ada, [{ operation: 'replace', name: 'jpegPhoto', values: [PHOTO] }]);
      expect(await read('jpegPhoto')).toEqual({ jpegPhoto: [PHOTO] });
      const broken = attributes().change(ada, [{ operation: 'replace', name: 'jpegPhoto', values: ['%%%'] }]);
      await expect(broken).rejects.toMatchObject(refusal('attribute-not-valid', { attribute: 'jpegPhoto' }));
    });

    it.each([
      'userPassword',
      'unicodePwd',
      'pwdAccountLockedTime',
      'userAccountControl',
      'memberOf',
      'objectClass',
      '2.5.4.35',
      'mail)(x',
      '',
    ])('attack 49: are not changed when they are %j', async (name) => {
      const change = attributes().change(ada, [{ operation: 'replace', name, values: ['x'] }]);
      await expect(change).rejects.toMatchObject(refusal('attribute-not-valid', { attribute: name }));
    });

    it('are all changed or none', async () => {
      const before = await attributes().read(ada);
      const changes = [
        { operation: 'replace', name: 'description', values: ['changed'] },
        { operation: 'replace', name: 'nothingOfTheKind', values: ['x'] },
      ] as const;
      await expect(attributes().change(ada, changes)).rejects.toMatchObject(
        refusal('attribute-not-valid', { attribute: 'nothingOfTheKind' }),
      );
      expect((await attributes().read(ada))['description']).toEqual(before['description']);
    });

    it('are those of the person and not of who has the name now', async () => {
      const former = await world().add({ login: 'changeling' });
      await world().drop(former);
      await world().add({ login: 'changeling' });
      await expect(attributes().read(former)).rejects.toMatchObject({ code: 'account-not-found' });
      const change = attributes().change(former, [{ operation: 'replace', name: 'title', values: ['x'] }]);
      await expect(change).rejects.toMatchObject({ code: 'account-not-found' });
    });
  });
}
