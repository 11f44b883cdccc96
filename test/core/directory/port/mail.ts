import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/core/directory/directory.js';
import type { TheWorld } from './port-world.js';

export function describeMail(world: TheWorld): void {
  describe('the person with a mail address', () => {
    let mia: Person;
    const find = (mail: string) => world().directory.findByMail(mail);

    beforeAll(async () => {
      mia = await world().add({ login: 'mail-mia', mail: 'mia@mail.example.test' });
      await world().add({ login: 'twin one', mail: 'twins@mail.example.test' });
      await world().add({ login: 'twin two', mail: 'Twins@mail.example.test' });
    });

    it('is found in whatever case it is written', async () => {
      expect(await find('mia@mail.example.test')).toEqual(mia);
      expect(await find('MIA@Mail.Example.Test')).toEqual(mia);
    });

    it('is an error when there are several', async () => {
      await expect(find('twins@mail.example.test')).rejects.toMatchObject({ code: 'account-ambiguous' });
    });

    it.each(['', ' ', '*', 'mia@*', '%@mail.example.test', 'mia', 'mia@mail.example.test)(uid=*', 'm\0ia', '\ud800'])(
      'attack 53: is nobody for %j',
      async (mail) => {
        expect(await find(mail)).toBeUndefined();
      },
    );
  });
}
