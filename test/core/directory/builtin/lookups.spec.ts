import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../../src/core/directory/accounts.js';
import { Directories } from '../../../../src/core/directory/directories.js';
import type { Directory } from '../../../../src/core/directory/directory.js';
import { People } from '../../../../src/core/directory/people.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { eachPool } from '../../../support/each-pool.js';
import { type Services, startServices } from '../../../support/services.js';

const LOGINS = Array.from({ length: 40 }, (_, n) => `person${n}`);

describe('people of the built-in directory looked for at the same time', () => {
  eachPool((database) => {
    let services: Services;
    let domain: Domain;
    let other: Domain;
    let directory: Directory;

    beforeEach(async () => {
      services = await startServices(database());
      domain = await services.domain({ name: 'ACME' });
      other = await services.domain({ name: 'OTHER' });
      for (const login of LOGINS) await services.factory.person(domain, { login, mail: `${login}@acme.test` });
      await services.factory.person(other, { login: 'person0', mail: 'person0@other.test' });
      directory = await services.get(Directories).for(domain);
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const setState = (id: string, state: string) =>
      services.database.query('UPDATE accounts SET state = $2 WHERE id = $1', [id, state]);

    it('are found each by their own name, in their own domain, and nobody in place of nobody', async () => {
      const elsewhere = await services.get(Directories).for(other);
      const found = await Promise.all([
        ...LOGINS.map((login) => directory.findByLogin(login.toUpperCase())),
        directory.findByLogin('nobody'),
        directory.findByLogin('person1\0'),
        directory.findByLogin('person0'),
        elsewhere.findByLogin('person0'),
        elsewhere.findByLogin('person1'),
      ]);
      expect(found.map((person) => person?.mail)).toEqual([
        ...LOGINS.map((login) => `${login}@acme.test`),
        undefined,
        undefined,
        'person0@acme.test',
        'person0@other.test',
        undefined,
      ]);
      const keys = found.map((person) => person?.key ?? 'no key');
      const again = await Promise.all(keys.map((key) => directory.findByKey(key)));
      expect(again.map((person) => person?.login)).toEqual([
        ...LOGINS,
        undefined,
        undefined,
        'person0',
        undefined,
        undefined,
      ]);
    });

    it('have their own accounts, made once however many ask', async () => {
      const people = services.get(People);
      const asked = [...LOGINS, ...LOGINS, ...LOGINS];
      for (let round = 0; round < 2; round++) {
        const found = await Promise.all(asked.map((login) => people.byLogin(domain, login)));
        expect(found.map(({ account }) => account.login)).toEqual(asked);
        for (const { account, person } of found) expect(account.directoryKey).toBe(person.key);
      }
      const [row] = await services.database.query('SELECT count(*)::int AS count FROM accounts');
      expect(row).toEqual({ count: LOGINS.length });
    });

    it('come with their account as it was read, and whoever asks again gets it as it is then', async () => {
      const { account } = await services.get(People).byLogin(domain, 'person0');
      const person = await directory.findByLogin('person0');
      if (!person) throw new Error('person0 is gone');
      await setState(account.id, 'deactivated');
      expect((await services.get(Accounts).attach(domain, person)).account.state).toBe('active');
      expect((await services.get(Accounts).attach(domain, person)).account.state).toBe('deactivated');
      expect((await services.get(People).byLogin(domain, 'person0')).account.state).toBe('deactivated');
    });

    it('are those of now, and not of who asked before', async () => {
      const { account } = await services.get(People).byLogin(domain, 'person0');
      const before = services.get(People).byLogin(domain, 'person0');
      await setState(account.id, 'deactivated');
      const after = await services.get(People).byLogin(domain, 'person0');
      expect(after.account.state).toBe('deactivated');
      expect((await before).account).not.toBe(after.account);
    });
  });
});
