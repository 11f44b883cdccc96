import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { type FoundPerson, People } from '../../src/core/directory/people.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { PasswordReplacement, type ReplacementSteps } from '../../src/passwords/password-replacement.js';
import { typedTwice } from '../../src/passwords/typed-twice.js';
import {
  CLIENT,
  NEW_PASSWORD,
  OLD_PASSWORD,
  type ResetWorld,
  startResetWorld,
} from '../pwreset/services/reset-world.js';
import { eachDatabase } from '../support/test-database.js';

describe('the own password of somebody who is logged in', () => {
  eachDatabase((database) => {
    let world: ResetWorld;

    beforeEach(async () => {
      world = await startResetWorld(database());
    });

    afterEach(async () => {
      await world.close();
      await database().clear();
    });

    const jane = (): Promise<FoundPerson> => world.services.get(People).byLogin(world.remoteDomain, 'jane');
    const password = (): unknown => world.services.directory.people.get(world.remoteJane.key)?.password;

    /** The codes of what is wrong. */
    async function replace(
      { wanted = NEW_PASSWORD, repeated = wanted }: { wanted?: string; repeated?: string } = {},
      steps: Partial<ReplacementSteps> = {},
    ): Promise<string[]> {
      const problems = await world.services
        .get(PasswordReplacement)
        .replace(
          { found: await jane(), client: CLIENT, wanted: plainSecret(wanted), typed: typedTwice(wanted, repeated) },
          { prove: () => Promise.resolve(), complete: () => Promise.resolve(), ...steps },
        );
      return problems.map(({ code }) => code);
    }

    it('is replaced once the old one is proved, and not before', async () => {
      const prove = (): Promise<void> => Promise.reject(new DomainError('credentials-missing'));
      await expect(replace({ wanted: 'short' }, { prove })).rejects.toThrow('credentials-missing');
      await expect(replace({}, { prove })).rejects.toThrow('credentials-missing');
      expect([password(), await world.events()]).toEqual([OLD_PASSWORD, []]);
      expect(await replace()).toEqual([]);
      expect([password(), await world.events()]).toEqual([NEW_PASSWORD, ['own-password.completed']]);
    });

    it('attack 11: is proved and replaced by one after the other in a remote directory', async () => {
      let proofs = 0;
      let inside = 0;
      const prove = async (): Promise<void> => {
        proofs += 1;
        expect(++inside).toBe(1);
        await jane();
        inside -= 1;
      };
      const rivals = await Promise.allSettled(Array.from({ length: 16 }, () => replace({}, { prove })));
      expect(rivals.filter(({ status }) => status === 'fulfilled')).toHaveLength(proofs);
      const refusals = rivals.flatMap((rival) => (rival.status === 'rejected' ? [rival.reason as unknown] : []));
      expect(refusals).toEqual(refusals.map(() => expect.objectContaining({ code: 'too-many-attempts' }) as unknown));
    });

    it('is not replaced where the directory lets the person not change it', async () => {
      world.services.directory.change(world.remoteJane, { mayChangePassword: false });
      expect(await replace({ wanted: 'short' })).toEqual(['password-change-forbidden']);
      expect(await replace()).toEqual(['password-change-forbidden']);
      expect([password(), await world.events()]).toEqual([
        OLD_PASSWORD,
        Array(2).fill('own-password.password-refused'),
      ]);
    });

    it('tells everything that is wrong with the new one, and what the directory says of it', async () => {
      const told = await replace({ wanted: 'short', repeated: 'shorter' });
      expect(told.slice(0, 2)).toEqual(['password-mismatch', 'password-too-short']);
      world.services.directory.before = (step) => {
        if (step === 'setPassword') throw new DomainError('password-in-history');
      };
      expect(await replace()).toEqual(['password-in-history']);
      expect(password()).toBe(OLD_PASSWORD);
    });
  });
});
