import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockAfter } from '../../../src/core/directory/builtin/builtin-settings.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Database, type Tx } from '../../../src/core/database/database.js';
import { Configuration, CONFIGURATION_STALENESS_MS } from '../../../src/core/domains/configuration.js';
import { DECLARED_SECRET } from '../../../src/core/domains/declared-object.entity.js';
import { Domain } from '../../../src/core/domains/domain.entity.js';
import { Factory } from '../../support/factory.js';
import { FixedRandom } from '../../support/fixed-random.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';
import { testMasterKeys } from '../../support/test-keys.js';

const keyRing = new KeyRing(testMasterKeys(), new FixedRandom());

/** Writes a setting of the server, as another process would. */
async function change({ database }: TestDatabase, value: number): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO settings (scope, name, value) VALUES ('server', 'lock_after', $1::jsonb)
       ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value`,
      [JSON.stringify(value)],
    );
    await tx.query('UPDATE server_configuration SET revision = revision + 1');
  });
}

describe('the applied configuration', () => {
  eachDatabase((database) => {
    let time = 0;

    beforeEach(() => {
      time = 0;
      vi.spyOn(performance, 'now').mockImplementation(() => time);
    });

    afterEach(async () => {
      vi.restoreAllMocks();
      await database().clear();
    });

    it('is read once and kept', async () => {
      const configuration = new Configuration(database().database, keyRing);
      const asked = vi.spyOn(database().dataSource.manager, 'query');
      const first = await configuration.snapshot();
      const statements = asked.mock.calls.length;
      time = CONFIGURATION_STALENESS_MS - 1;
      expect(await configuration.snapshot()).toBe(first);
      expect(asked.mock.calls).toHaveLength(statements);
    });

    it('is read once for many who ask at the same moment', async () => {
      const configuration = new Configuration(database().database, keyRing);
      const snapshots = await Promise.all(Array.from({ length: 20 }, () => configuration.snapshot()));
      expect(new Set(snapshots).size).toBe(1);
    });

    it("follows another process's change within its staleness", async () => {
      const configuration = new Configuration(database().database, keyRing);
      const before = await configuration.snapshot();
      await change(database(), 42);
      expect((await configuration.snapshot()).setting(lockAfter)).toBe(lockAfter.default);
      time = CONFIGURATION_STALENESS_MS;
      const after = await configuration.snapshot();
      expect(after.setting(lockAfter)).toBe(42);
      expect(BigInt(after.revision)).toBeGreaterThan(BigInt(before.revision));
    });

    it('is not read anew while its revision stands', async () => {
      const configuration = new Configuration(database().database, keyRing);
      const first = await configuration.snapshot();
      time = CONFIGURATION_STALENESS_MS * 10;
      expect(await configuration.snapshot()).toBe(first);
    });

    it("shows this process's own change at once, also when it was being read meanwhile", async () => {
      const configuration = new Configuration(database().database, keyRing);
      const reading = configuration.snapshot();
      await change(database(), 42);
      configuration.invalidate();
      await reading;
      expect((await configuration.snapshot()).setting(lockAfter)).toBe(42);
    });

    it('tries again after a failure', async () => {
      await database().dataSource.query('DELETE FROM server_configuration');
      const configuration = new Configuration(database().database, keyRing);
      await expect(configuration.snapshot()).rejects.toThrow('Could not find any entity');
      await database().dataSource.query('INSERT INTO server_configuration (id) VALUES (1)');
      await expect(configuration.snapshot()).resolves.toMatchObject({ domains: [] });
    });

    it('opens the secrets of what was declared, which are sealed at rest', async () => {
      const secrets = { bindPassword: keyRing.seal(plainSecret('canary-7f3'), DECLARED_SECRET) };
      await database().dataSource.query(
        `INSERT INTO declared_objects (kind, name, position, spec, secrets, updated_at)
         VALUES ('directory', 'corp', 0, '{"kind":"openldap"}', $1::jsonb, '2026-08-03T09:00:00Z')`,
        [JSON.stringify(secrets)],
      );
      const [stored] = await database().database.query('SELECT * FROM declared_objects');
      expect(JSON.stringify(stored)).not.toContain('canary');
      const snapshot = await new Configuration(database().database, keyRing).snapshot();
      expect(snapshot.declared('directory')).toEqual([
        {
          kind: 'directory',
          name: 'corp',
          spec: { kind: 'openldap' },
          secrets: { bindPassword: 'canary-7f3' },
          version: '2026-08-03T09:00:00.000Z',
        },
      ]);
    });
  });

  describeOnPostgres('while it is being changed', (database) => {
    it('is the one of before or the one of after, never half of each', async () => {
      const factory = new Factory(database());
      const domain = await factory.domain({ name: 'before' });

      /** Lets another session commit a change between two reads of ours. */
      class Interrupted extends Database {
        override transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
          return super.transaction(async (tx) => {
            const find = tx.find.bind(tx);
            vi.spyOn(tx, 'find').mockImplementationOnce(async (...asked) => {
              await database().dataSource.manager.update(
                Domain,
                { id: domain.id },
                { name: 'after', nameKey: 'after' },
              );
              await change(database(), 42);
              return find(...asked);
            });
            return work(tx);
          });
        }
      }
      const snapshot = await new Configuration(new Interrupted(database().dataSource), keyRing).snapshot();
      expect([snapshot.domains.map(({ name }) => name), snapshot.setting(lockAfter)]).toEqual([
        ['before'],
        lockAfter.default,
      ]);
    });
  });
});
