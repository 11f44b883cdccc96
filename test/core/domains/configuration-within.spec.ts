import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { lockAfter } from '../../../src/core/directory/builtin/builtin-settings.js';
import { Configuration, CONFIGURATION_STALENESS_MS } from '../../../src/core/domains/configuration.js';
import { FixedRandom } from '../../support/fixed-random.js';
import { eachDatabase } from '../../support/test-database.js';
import { testMasterKeys } from '../../support/test-keys.js';

const CHANGE = `INSERT INTO settings (scope, name, value) VALUES ('server', 'lock_after', '42'::jsonb)
                ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`;

describe('the applied configuration inside a transaction', () => {
  eachDatabase(
    (database) => {
      let time = 0;
      let configuration: Configuration;

      beforeEach(() => {
        vi.spyOn(performance, 'now').mockImplementation(() => time);
        configuration = new Configuration(database().database, new KeyRing(testMasterKeys(), new FixedRandom()));
      });

      afterEach(async () => {
        vi.restoreAllMocks();
        await database().clear();
      });

      it('attack 69: is read without a second connection, at the first time and when it may be out of date', async () => {
        const { database: work } = database();
        await work.transaction(async (tx) => {
          expect((await configuration.snapshotWithin(tx)).setting(lockAfter)).toBe(lockAfter.default);
        });
        const held = await configuration.snapshot();
        time += CONFIGURATION_STALENESS_MS;
        await work.transaction(async (tx) => expect(await configuration.snapshotWithin(tx)).toBe(held));
      });

      it('shows the change that the transaction makes, and keeps nothing of it when it is undone', async () => {
        await configuration.snapshot();
        time += CONFIGURATION_STALENESS_MS;
        const undone = database().database.transaction(async (tx) => {
          await tx.query(CHANGE);
          await configuration.touch(tx);
          expect((await configuration.snapshotWithin(tx)).setting(lockAfter)).toBe(42);
          throw new Error('undone');
        });
        await expect(undone).rejects.toThrow('undone');
        expect((await configuration.snapshot()).setting(lockAfter)).toBe(lockAfter.default);
      });
    },
    { poolSize: 1, statementTimeout: 5_000 },
  );
});
