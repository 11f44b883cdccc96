import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuthenticatedManager } from '../../src/core/administrators/manager-login.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { type FoundPerson, People } from '../../src/core/directory/people.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { PasswordAssignment } from '../../src/passwords/password-assignment.js';
import { NEW_PASSWORD, type ResetWorld, startResetWorld } from '../pwreset/services/reset-world.js';
import { eachDatabase } from '../support/test-database.js';

describe('a password that an administrator sets for somebody', () => {
  eachDatabase((database) => {
    let world: ResetWorld;

    beforeEach(async () => {
      world = await startResetWorld(database());
    });

    afterEach(async () => {
      await world.close();
      await database().clear();
    });

    const jane = (domain = world.domain): Promise<FoundPerson> => world.services.get(People).byLogin(domain, 'jane');

    /** `done`, or the code of the refusal. */
    async function assign(
      by: Partial<AuthenticatedManager> = {},
      { found, password = NEW_PASSWORD }: { found?: FoundPerson; password?: string } = {},
    ): Promise<string> {
      const assignment = world.services.get(PasswordAssignment);
      try {
        await assignment.assign(world.caller(by), found ?? (await jane()), plainSecret(password));
        return 'done';
      } catch (error) {
        return DomainError.is(error) ? error.code : String(error);
      }
    }

    it('has all that follows from a new one, and the audit names the administrator', async () => {
      const session = await world.opened();
      expect(await assign({ role: 'domain-admin' })).toBe('done');
      expect(await world.hasPassword(NEW_PASSWORD)).toBe(true);
      expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
      expect(await world.services.outbox.messages()).toMatchObject([{ purpose: 'password-changed' }]);
      expect(await world.services.audit('password-set.completed')).toMatchObject([
        { outcome: 'success', actor: 'ACME\\desk', clientAddress: '192.0.2.1', target: (await jane()).person.dn },
      ]);
    });

    it('attack 65: is for roles with the right, and for those whom the role reaches', async () => {
      expect(await assign({ role: 'user-manager' })).toBe('access-denied');
      const elsewhere = { found: await jane(world.remoteDomain) };
      expect(await assign({ role: 'domain-admin' }, elsewhere)).toBe('access-denied');
      await world.services.factory.administrator(world.jane);
      expect(await assign({ role: 'domain-admin' })).toBe('access-denied');
      expect(await world.hasPassword(NEW_PASSWORD)).toBe(false);
      expect(await assign({}, elsewhere)).toBe('done');
      expect(await assign()).toBe('done');
    });

    it('attack 65: is never the own one, which takes the old one', async () => {
      const { account } = await jane();
      expect(await assign({ accountId: account.id })).toBe('access-denied');
      expect(await world.hasPassword(NEW_PASSWORD)).toBe(false);
      const branch = await jane(await world.services.remoteDomain({ name: 'BRANCH' }));
      const found = await jane(world.remoteDomain);
      expect(await assign({ accountId: found.account.id }, { found: branch })).toBe('access-denied');
    });

    it('is refused where the directory lets nobody change it', async () => {
      world.services.directory.change(world.remoteJane, { mayChangePassword: false });
      const found = await jane(world.remoteDomain);
      expect(await assign({}, { found })).toBe('password-change-forbidden');
      expect(await world.services.outbox.messages()).toEqual([]);
    });

    it('attack 64: is held to our rules, and the audit says so', async () => {
      expect(await assign({}, { password: 'short' })).toBe('password-too-short');
      expect(await world.services.audit()).toMatchObject([
        { event: 'password-set.password-refused', code: 'password-too-short', outcome: 'refused' },
      ]);
    });
  });
});
