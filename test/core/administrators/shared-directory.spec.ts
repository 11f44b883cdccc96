import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Administrator } from '../../../src/core/administrators/administrator.entity.js';
import { ManagerLogin } from '../../../src/core/administrators/manager-login.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { LinkRecipients } from '../../../src/delivery/links/link-recipients.js';
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

    /** What an administrator of the second domain gets who asks for a link for this person there. */
    const ask = (role: Administrator['role'], username: string) =>
      services
        .get(LinkRecipients)
        .plan(
          { label: 'BRANCH\\desk', accountId: 'desk', domainId: branch.id, role },
          { username, domain: 'BRANCH', method: 'NONE', expires: undefined, comments: undefined },
        );

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
        await expect(ask(role, 'chief')).rejects.toMatchObject({ code: 'access-denied' });
        await logIn();
        await expect(ask(role, 'chief')).rejects.toMatchObject({ code: 'access-denied' });
        await appoint('user-manager');
        await expect(ask(role, 'chief')).rejects.toMatchObject({ code: 'access-denied' });
        await expect(ask(role, 'jane')).resolves.toMatchObject({ method: 'NONE' });
        await expect(ask('global-admin', 'chief')).resolves.toMatchObject({ method: 'NONE' });
      },
    );

    it('does not shield people of another directory with the same login', async () => {
      const own = await services.domain({ name: 'OWN' });
      await services.factory.person(own, { login: 'chief' });
      const caller = { label: 'OWN\\desk', accountId: 'desk', domainId: own.id, role: 'user-manager' as const };
      const wish = { username: 'chief', domain: 'OWN', method: 'NONE', expires: undefined, comments: undefined };
      await expect(services.get(LinkRecipients).plan(caller, wish)).resolves.toMatchObject({ method: 'NONE' });
    });
  });
});
