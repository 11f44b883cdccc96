import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Account } from '../../../../src/core/directory/account.entity.js';
import { Accounts } from '../../../../src/core/directory/accounts.js';
import { Directories } from '../../../../src/core/directory/directories.js';
import type { Person } from '../../../../src/core/directory/directory.js';
import { People } from '../../../../src/core/directory/people.js';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { eachPool } from '../../../support/each-pool.js';
import { type Services, startServices } from '../../../support/services.js';

describe('accounts', () => {
  eachPool((database) => {
    let services: Services;
    let accounts: Accounts;
    let domain: Domain;
    let jane: Person;

    beforeEach(async () => {
      services = await startServices(database());
      accounts = services.get(Accounts);
      domain = await services.remoteDomain({ name: 'CORP' });
      jane = services.directory.add();
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const stored = () => services.database.manager.find(Account);

    it('are made at the first sight of a person, and found from then on', async () => {
      const { account, contactChanged } = await accounts.attach(domain, jane);
      expect(account).toMatchObject({
        domainId: domain.id,
        directoryKey: jane.key,
        login: 'jane',
        state: 'active',
        credentialGeneration: 0,
        createdAt: services.clock.now(),
      });
      expect(contactChanged).toBe(false);
      expect(await accounts.attach(domain, jane)).toEqual({ account, contactChanged: false });
    });

    it('are one for many who see the person for the first time at once', async () => {
      const seen = await Promise.all(Array.from({ length: 40 }, () => accounts.attach(domain, jane)));
      expect(new Set(seen.map(({ account }) => account.id)).size).toBe(1);
      expect(await stored()).toHaveLength(1);
    });

    it('follow the person, not the name: a renamed one keeps it', async () => {
      const { account } = await accounts.attach(domain, jane);
      const renamed = await accounts.attach(domain, {
        ...jane,
        login: 'jane.roe',
        dn: 'uid=jane.roe',
        displayName: 'Jane Roe',
      });
      expect(renamed.account.id).toBe(account.id);
      expect(renamed.contactChanged).toBe(false);
    });

    it('attack 19: follow the person, not the name: somebody else under the name has their own', async () => {
      const { account } = await accounts.attach(domain, jane);
      const other = await accounts.attach(domain, { ...jane, key: '5f6b3c1e-0000-4000-8000-000000000001' });
      expect(other.account.id).not.toBe(account.id);
    });

    it('are of one domain', async () => {
      const { account } = await accounts.attach(domain, jane);
      const other = await accounts.attach(await services.remoteDomain({ name: 'OTHER' }), jane);
      expect(other.account.id).not.toBe(account.id);
    });

    describe('notice', () => {
      it.each([
        ['another mail address', { mail: 'new@example.test' }],
        ['another number', { mobile: '+352999' }],
        ['an address that is gone', { mail: undefined }],
        ['addresses that changed places', { mail: '+35226000001', mobile: 'jane@example.test' }],
        ['an address in another case', { mail: 'Jane@example.test' }],
      ])('attack 12: %s, until it is remembered', async (_, fields) => {
        const { account } = await accounts.attach(domain, jane);
        const moved = { ...jane, ...fields };
        expect((await accounts.attach(domain, moved)).contactChanged).toBe(true);
        expect((await accounts.attach(domain, moved)).contactChanged).toBe(true);
        await services.database.transaction((tx) => accounts.remember(tx, account, moved));
        expect((await accounts.attach(domain, moved)).contactChanged).toBe(false);
        expect((await accounts.attach(domain, jane)).contactChanged).toBe(true);
      });

      it('no change when the key ring is rotated', async () => {
        await accounts.attach(domain, jane);
        const rotated = await startServices(database(), { keyIds: ['k2', 'k1'] });
        expect((await rotated.get(Accounts).attach(domain, jane)).contactChanged).toBe(false);
        await rotated.close();
      });

      it('no change either when the old key is taken out after they were seen with the new one', async () => {
        await accounts.attach(domain, jane);
        for (const keyIds of [['k2', 'k1'], ['k2']]) {
          const rotated = await startServices(database(), { keyIds });
          expect((await rotated.get(Accounts).attach(domain, jane)).contactChanged).toBe(false);
          await rotated.close();
        }
      });

      it('nothing that could be read at rest', async () => {
        await accounts.attach(domain, jane);
        const rows = JSON.stringify(await services.database.query('SELECT * FROM accounts'));
        expect(rows).not.toContain('jane@example.test');
        expect(rows).not.toContain('26000001');
      });
    });

    it('are locked one after the other: of two units the second waits for the first', async () => {
      const { account } = await accounts.attach(domain, jane);
      const order: string[] = [];
      const unit = (name: string) =>
        services.database.transaction(async (tx) => {
          const locked = await accounts.lock(tx, account.id);
          order.push(`${name} begins`);
          await accounts.raiseCredentialGeneration(tx, locked.id);
          order.push(`${name} ends`);
        });
      await Promise.all(['one', 'two', 'three'].map(unit));
      for (let i = 0; i < 6; i += 2) expect(order[i]?.split(' ')[0]).toBe(order[i + 1]?.split(' ')[0]);
      expect((await stored())[0]?.credentialGeneration).toBe(3);
    });

    it('show what was committed when they are locked', async () => {
      const { account } = await accounts.attach(domain, jane);
      await services.database.transaction((tx) => accounts.raiseCredentialGeneration(tx, account.id));
      const locked = await services.database.transaction((tx) => accounts.lock(tx, account.id));
      expect(locked).toEqual(Object.assign(account, { credentialGeneration: 1 }));
      expect(await accounts.byId(services.database.manager, account.id)).toEqual(locked);
      expect(await accounts.byId(services.database.manager, '5f6b3c1e-0000-4000-8000-000000000001')).toBeUndefined();
    });

    describe('of people looked for', () => {
      it('come with who the directory says they are', async () => {
        const found = await services.get(People).byLogin(domain, 'jane');
        expect(found).toMatchObject({ domain: { name: 'CORP' }, person: { dn: jane.dn }, account: { login: 'jane' } });
        expect(await services.get(People).byAccount(domain, found.account)).toEqual(found);
        services.directory.people.clear();
        expect(await services.get(People).byAccount(domain, found.account)).toBeUndefined();
      });

      it('are not made for who is not there', async () => {
        await expect(services.get(People).byLogin(domain, 'nobody')).rejects.toMatchObject({
          code: 'account-not-found',
          params: { domain: 'CORP', login: 'nobody' },
        });
        expect(await stored()).toEqual([]);
      });

      it('are looked for in the domain of that name, or in the default one', async () => {
        const people = services.get(People);
        const snapshot = () => services.get(Configuration).snapshot();
        expect(people.domain(await snapshot(), 'corp').id).toBe(domain.id);
        await expect(snapshot().then((held) => people.domain(held, undefined))).rejects.toMatchObject({
          code: 'domain-missing',
        });
        await services.configure({ defaultDomain: 'CORP' });
        expect(people.domain(await snapshot(), undefined).id).toBe(domain.id);
        await expect(snapshot().then((held) => people.domain(held, 'X'))).rejects.toMatchObject({
          code: 'domain-not-found',
          params: { domain: 'X' },
        });
      });
    });

    describe('of a domain whose directory', () => {
      it('is no longer declared are out of reach', async () => {
        await services.database.query('DELETE FROM declared_objects');
        await services.configure({});
        await expect(services.get(Directories).for(domain)).rejects.toMatchObject({ code: 'directory-misconfigured' });
      });

      it('is declared anew are reached through a new adapter, and the old one is closed', async () => {
        const closed: string[] = [];
        services.directory.before = (step) => void closed.push(step);
        const directories = services.get(Directories);
        await directories.for(domain);
        await directories.for(domain);
        expect(closed).toEqual([]);
        services.clock.advance(1);
        await services.database.query('UPDATE declared_objects SET updated_at = $1', [services.clock.now()]);
        await services.configure({});
        await directories.for(domain);
        expect(closed).toEqual(['close']);
      });
    });
  });
});
