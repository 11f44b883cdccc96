import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdministratorCaller } from '../../src/core/administrators/administrator-caller.js';
import type { Role } from '../../src/core/administrators/administrator.entity.js';
import { Administrators } from '../../src/core/administrators/administrators.js';
import { PeopleRoles } from '../../src/core/administrators/people-roles.js';
import { Accounts } from '../../src/core/directory/accounts.js';
import { People } from '../../src/core/directory/people.js';
import type { Domain } from '../../src/core/domains/domain.entity.js';
import { SeenPeople } from '../../src/people/seen-people.js';
import { type Services, startServices } from '../support/services.js';
import { eachDatabase } from '../support/test-database.js';

describe('whom an administrator sees where a directory serves two domains', () => {
  eachDatabase((database) => {
    let services: Services;
    let head: Domain;
    let branch: Domain;
    let seen: SeenPeople;

    beforeEach(async () => {
      services = await startServices(database());
      head = await services.remoteDomain({ name: 'HEAD' });
      branch = await services.remoteDomain({ name: 'BRANCH' });
      for (const login of ['boss', 'chief', 'helper', 'jane']) services.directory.add({ login });
      await appoint(head, 'chief', 'user-manager');
      await appoint(branch, 'boss', 'domain-admin');
      await appoint(branch, 'helper', 'user-manager');
      seen = new SeenPeople(services.get(PeopleRoles), services.get(Accounts));
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const appoint = (domain: Domain, login: string, role: Role): Promise<unknown> =>
      services.database.query(
        'INSERT INTO administrators (domain_id, login_key, login, role) VALUES ($1, $2, $2, $3)',
        [domain.id, login, role],
      );

    const caller = async (login: string, role: Role): Promise<AdministratorCaller> => {
      const { account } = await services.get(People).byLogin(branch, login);
      const from = { clientAddress: '192.0.2.1', correlationId: 'r-1' };
      return { label: `BRANCH\\${login}`, accountId: account.id, domainId: branch.id, role, ...from };
    };

    /** Whom they see of everybody, and whom they do not see of those with roles. */
    async function eyes(login: string, role: Role): Promise<{ seen: string[]; unseen: string[] }> {
      const by = await caller(login, role);
      const everybody = [...services.directory.people.values()];
      const people = await seen.of(by, branch, everybody);
      const unseen = await seen.unseen(by, branch, services.directory);
      const logins = (some: readonly { readonly login: string }[]): string[] => some.map((one) => one.login).toSorted();
      return { seen: logins(people.map(({ person }) => person)), unseen: logins(unseen) };
    }

    it('attack 48: is whom the role reaches, and themselves', async () => {
      expect(await eyes('boss', 'domain-admin')).toEqual({ seen: ['boss', 'helper', 'jane'], unseen: ['chief'] });
      expect(await eyes('helper', 'user-manager')).toEqual({ seen: ['helper', 'jane'], unseen: ['boss', 'chief'] });
      expect(await eyes('jane', 'global-admin')).toEqual({ seen: ['boss', 'chief', 'helper', 'jane'], unseen: [] });
    });

    it('attack 48: stays the same once the role of another domain was used, and when its holder is renamed', async () => {
      await services.get(Administrators).bind(await services.get(People).byLogin(head, 'chief'));
      const chief = [...services.directory.people.values()].find(({ login }) => login === 'chief');
      if (chief) services.directory.change(chief, { login: 'renamed' });
      expect(await eyes('boss', 'domain-admin')).toEqual({ seen: ['boss', 'helper', 'jane'], unseen: ['renamed'] });
    });

    it('makes no accounts', async () => {
      const by = await caller('boss', 'domain-admin');
      const count = () => services.database.query('SELECT count(*) FROM accounts');
      const before = await count();
      await seen.of(by, branch, [...services.directory.people.values()]);
      await seen.unseen(by, branch, services.directory);
      expect(await count()).toEqual(before);
    });
  });
});
