import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { People } from '../../src/core/directory/people.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { PasswordChange } from '../../src/passwords/password-change.js';
import type { PasswordTask } from '../../src/passwords/password-task.js';
import { NEW_PASSWORD, OLD_PASSWORD, type ResetWorld, startResetWorld } from '../pwreset/services/reset-world.js';
import { eachDatabase } from '../support/test-database.js';

describe('a password that is set without a one-time request', () => {
  eachDatabase((database) => {
    let world: ResetWorld;

    beforeEach(async () => {
      world = await startResetWorld(database());
    });

    afterEach(async () => {
      await world.close();
      await database().clear();
    });

    async function set(domain: 'ACME' | 'CORP'): Promise<PasswordTask> {
      const found = await world.services
        .get(People)
        .byLogin(domain === 'ACME' ? world.domain : world.remoteDomain, 'jane');
      const client = { address: '192.0.2.7', correlationId: 'r-7' };
      const task = { found, event: 'user-password', actor: 'ACME\\desk', client };
      await world.services.get(PasswordChange).carryOut(task, plainSecret(NEW_PASSWORD));
      return task;
    }

    const remotePassword = () => world.services.directory.people.get(world.remoteJane.key)?.password;

    it.each(['ACME', 'CORP'] as const)('has the same consequences: %s', async (domain) => {
      const session = await world.opened({ domain });
      const { found } = await set(domain);
      expect(domain === 'ACME' ? await world.hasPassword(NEW_PASSWORD) : remotePassword() === NEW_PASSWORD).toBe(true);
      expect(await world.services.audit('user-password.completed')).toMatchObject([
        {
          outcome: 'success',
          actor: 'ACME\\desk',
          clientAddress: '192.0.2.7',
          accountId: found.account.id,
          target: found.person.dn,
          requestId: null,
          correlationId: 'r-7',
        },
      ]);
      expect(await world.services.outbox.messages()).toMatchObject([{ purpose: 'password-changed', requestId: null }]);
      expect(await world.requests()).toMatchObject([{ state: 'cancelled', endReason: 'password-changed' }]);
      expect(await world.submit(session)).toEqual({ kind: 'session-ended' });
      expect(
        await world.services.database.query('SELECT credential_generation AS g FROM accounts WHERE id = $1', [
          found.account.id,
        ]),
      ).toEqual([{ g: 1 }]);
    });

    it('attack 54: says at which step it failed, and nothing follows from a refusal', async () => {
      world.services.directory.before = (step) => {
        if (step === 'setPassword') throw new DomainError('password-in-history');
      };
      await expect(set('CORP')).rejects.toMatchObject({ code: 'password-in-history' });
      expect((await world.services.audit()).map(({ event, code }) => [event, code])).toEqual([
        ['user-password.password-refused', 'password-in-history'],
      ]);
      expect(await world.services.outbox.messages()).toEqual([]);
      expect(remotePassword()).toBe(OLD_PASSWORD);
    });

    it('attack 54: does not say that nothing was changed once a remote directory has it', async () => {
      world.services.outbox.beforeEnqueue = () => {
        throw new DomainError('database-unavailable');
      };
      await expect(set('CORP')).rejects.toMatchObject({ code: 'change-not-completed' });
      expect(remotePassword()).toBe(NEW_PASSWORD);
      expect((await world.services.audit()).at(-1)).toMatchObject({ event: 'user-password.not-completed' });
      await expect(set('ACME')).rejects.toMatchObject({ code: 'database-unavailable' });
      expect(await world.hasPassword(OLD_PASSWORD)).toBe(true);
    });
  });
});
