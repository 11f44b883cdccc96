import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDataSource } from '../../../src/core/database/data-source.js';
import { isDatabaseGone, rows } from '../../../src/core/database/database.js';
import { consumeIfUnused } from '../../../src/core/database/guarded-update.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { ThrottleCounter } from '../../../src/core/throttle/throttle-counter.entity.js';
import { schema } from '../../../src/schema.js';
import { eachPool } from '../../support/each-pool.js';
import { describeOnPostgres } from '../../support/test-database.js';

describe('the unit of work', () => {
  eachPool((database) => {
    afterEach(() => database().clear());

    it('commits what was done, and gives back what work returned', async () => {
      const insert = `INSERT INTO throttle_counters VALUES ('a', 1, now()) RETURNING key`;
      expect(await database().database.transaction((tx) => rows(tx, insert))).toEqual([{ key: 'a' }]);
      expect(await database().database.query('SELECT key FROM throttle_counters')).toEqual([{ key: 'a' }]);
    });

    it('takes everything back when work fails', async () => {
      const failing = database().database.transaction(async (tx) => {
        await rows(tx, `INSERT INTO throttle_counters VALUES ('a', 1, now())`);
        throw new DomainError('account-locked');
      });
      await expect(failing).rejects.toThrow('account-locked');
      expect(await database().database.query('SELECT key FROM throttle_counters')).toEqual([]);
    });

    it('gives rows back for every kind of statement', async () => {
      const { database: unit } = database();
      expect(await unit.query(`INSERT INTO throttle_counters VALUES ('a', 1, now()), ('b', 2, now())`)).toEqual([]);
      expect(await unit.query('UPDATE throttle_counters SET count = count + 1 RETURNING count')).toEqual([
        { count: 2 },
        { count: 3 },
      ]);
      expect(await unit.query('UPDATE throttle_counters SET count = 0 WHERE false')).toEqual([]);
      expect(await unit.query('SELECT count(*)::int AS n FROM throttle_counters')).toEqual([{ n: 2 }]);
      expect(
        await unit.query('WITH gone AS (DELETE FROM throttle_counters RETURNING key) SELECT key FROM gone'),
      ).toHaveLength(2);
    });

    it('runs the whole unit again after a deadlock or a serialisation failure, and gives up in the end', async () => {
      let runs = 0;
      const once = database().database.transaction(async (tx) => {
        runs += 1;
        await rows(tx, `INSERT INTO throttle_counters VALUES ('a', ${runs}, now())`);
        if (runs === 1) await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$`);
      });
      await once;
      expect(await database().database.query('SELECT count FROM throttle_counters')).toEqual([{ count: 2 }]);

      runs = 0;
      const always = database().database.transaction(async (tx) => {
        runs += 1;
        await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'no luck' USING ERRCODE = '40001'; END $$`);
      });
      await expect(always).rejects.toThrow('no luck');
      expect(runs).toBe(4);
    });

    it('runs nothing again after any other error', async () => {
      let runs = 0;
      const failing = database().database.transaction(async (tx) => {
        runs += 1;
        await tx.query('SELECT nothing');
      });
      await expect(failing).rejects.toThrow('nothing');
      expect(runs).toBe(1);
    });

    it('does more units at once than there are connections', async () => {
      const { database: unit } = database();
      await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
          unit.transaction((tx) => rows(tx, `INSERT INTO throttle_counters VALUES ('${i}', 1, now())`)),
        ),
      );
      expect(await unit.query('SELECT key FROM throttle_counters')).toHaveLength(60);
    });
  });
});

describeOnPostgres('a database that goes away', (database) => {
  const killMe = 'SELECT pg_terminate_backend(pg_backend_pid())';

  it.each([
    ['a statement', () => database().database.query(killMe)],
    ['a statement outside a unit', () => rows(database().database.manager, killMe)],
    ['a unit of work', () => database().database.transaction((tx) => tx.query(killMe))],
    [
      'a guarded update',
      () => {
        const { manager } = database().database;
        // The guard itself ends the session.
        const deadly = { where: `(${killMe}) AND count = 0`, parameters: {} };
        return consumeIfUnused(manager, ThrottleCounter, deadly, { count: 1 });
      },
    ],
  ])('is database-unavailable in %s, and found again', async (_, work) => {
    await database().database.query(`INSERT INTO throttle_counters VALUES ('a', 0, now()) ON CONFLICT DO NOTHING`);
    await expect(work()).rejects.toMatchObject({ code: 'database-unavailable' });
    // A connection that has just died may be handed out once more before its end is noticed.
    await vi.waitFor(() => database().database.query('SELECT 1'));
    await database().clear();
  });

  it('is told apart from a wrong statement', async () => {
    await expect(database().database.query('SELECT nothing')).rejects.not.toSatisfy(isDatabaseGone);
  });

  it('is told at once when nobody listens there', async () => {
    const address = { url: 'postgresql://postgres@127.0.0.1:1/nowhere' };
    const nowhere = createDataSource({ address, schema, poolSize: 1, statementTimeout: 1_000 });
    await expect(nowhere.initialize()).rejects.toSatisfy(isDatabaseGone);
  });
});
