import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Administrator } from '../../../src/core/administrators/administrator.entity.js';
import { ManagerLogin } from '../../../src/core/administrators/manager-login.js';
import { ReachablePeople } from '../../../src/core/administrators/reachable-people.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { eachPool } from '../../support/each-pool.js';
import { type Services, startServices } from '../../support/services.js';

describe('an administrator whose directory serves a second domain', () => {
  eachPool((database) => {
    let services: Services;
    let head: Domain;
    let branch: Domain;

    beforeEach(async () => {
      services = await startServices(database());
      head = await services.remoteDomain({ name: 'HEAD' });
      branch = await services.remoteDomain({ name: 'BRANCH' });
      services.directory.add({ login: 'chief', password: 'correct horse 1' });
      services.directory.add({ login: 'jane' });
      await appoint('global-admin');
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const appoint = (role: Administrator['role']) =>
      services.database.query(
        `INSERT INTO administrators (domain_id, login_key, login, role) VALUES ($1, 'chief', 'chief', $2)
         ON CONFLICT (domain_id, login_key) DO UPDATE SET role = excluded.role`,
        [head.id, role],
      );

    const desk = (role: Administrator['role']) => ({
      label: 'BRANCH\\desk',
      accountId: 'desk',
      domainId: branch.id,
      role,
    });

    /** The login of whom an administrator of the second domain finds there by this name. */
    const find = async (role: Administrator['role'], username: string) =>
      (await services.get(ReachablePeople).find(desk(role), { username, domain: 'BRANCH' })).person.login;

    /** Domains in which somebody is found by distinguished name, the first being the one that counts. */
    const findEverywhere = async (role: Administrator['role'], dn: string) => {
      const people = services.get(ReachablePeople);
      const [first, ...others] = (await people.everywhere(desk(role), dn)).map(({ domain }) => domain.name);
      const { domain } = await people.find(desk(role), { dn, domain: undefined });
      expect(domain.name).toBe(first);
      return [first, ...others];
    };

    const logIn = () =>
      services.get(ManagerLogin).authenticate({
        user: 'HEAD\\chief',
        password: plainSecret('correct horse 1'),
        certificate: undefined,
        clientAddress: '192.0.2.1',
        correlationId: 'call',
      });

    it.each(['user-manager', 'domain-admin'] as const)(
      'attack 65: is out of reach for a %s of the second, before and after the role was first used',
      async (role) => {
        await expect(find(role, 'chief')).rejects.toMatchObject({ code: 'access-denied' });
        await logIn();
        await expect(find(role, 'chief')).rejects.toMatchObject({ code: 'access-denied' });
        await appoint('user-manager');
        await expect(find(role, 'chief')).rejects.toMatchObject({ code: 'access-denied' });
        await expect(find(role, 'jane')).resolves.toBe('jane');
        await expect(find('global-admin', 'chief')).resolves.toBe('chief');
      },
    );

    it('does not shield people of another directory with the same login', async () => {
      const own = await services.domain({ name: 'OWN' });
      await services.factory.person(own, { login: 'chief' });
      const caller = { label: 'OWN\\desk', accountId: 'desk', domainId: own.id, role: 'user-manager' as const };
      const found = await services.get(ReachablePeople).find(caller, { username: 'chief', domain: 'OWN' });
      expect(found.domain.name).toBe('OWN');
    });

    it('finds a name in the own domain first, then in the default one, and nowhere out of reach', async () => {
      const { dn } = services.directory.add({ login: 'john' });
      await services.configure({ defaultDomain: 'HEAD' });
      expect(await findEverywhere('global-admin', dn)).toEqual(['BRANCH', 'HEAD']);
      expect(await findEverywhere('domain-admin', dn)).toEqual(['BRANCH']);
      const elsewhere = await services.domain({ name: 'AARDVARK' });
      const { login } = await services.factory.person(elsewhere);
      expect(await findEverywhere('global-admin', `cn=${login},dc=AARDVARK`)).toEqual(['AARDVARK']);
      await expect(findEverywhere('domain-admin', `cn=${login},dc=AARDVARK`)).rejects.toMatchObject({
        code: 'account-not-found',
      });
    });

    it('names what kept it from finding anybody: no name, nobody there, or a directory that is away', async () => {
      const people = services.get(ReachablePeople);
      const named = (dn: string) => people.find(desk('global-admin'), { dn, domain: undefined });
      await expect(named('nonsense')).rejects.toMatchObject({ code: 'dn-not-valid', params: { dn: 'nonsense' } });
      await expect(named('cn=nobody')).rejects.toMatchObject({
        code: 'account-not-found',
        params: { dn: 'cn=nobody' },
      });
      const own = await services.domain({ name: 'OWN' });
      const { login } = await services.factory.person(own);
      services.directory.before = () => {
        throw new DomainError('directory-unavailable');
      };
      await expect(named('cn=nobody')).rejects.toMatchObject({ code: 'directory-unavailable' });
      expect((await named(`cn=${login},dc=OWN`)).person.login).toBe(login);
    });
  });
});
